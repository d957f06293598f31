"""Four handlers written the usual way: pydantic for messages, boto3's resources for DynamoDB, its
client for posts, and everything imported and built at the top, as AWS's samples do."""
