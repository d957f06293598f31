"""DynamoDB, SQS, sockets and the bridge, as the logic wants to see them."""
