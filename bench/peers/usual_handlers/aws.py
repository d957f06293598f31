"""DynamoDB, as a resource that is built once when the container starts."""

import boto3

dynamodb = boto3.resource("dynamodb")
