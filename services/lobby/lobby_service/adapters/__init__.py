"""DynamoDB, SQS and the room, as the logic wants to see them."""
