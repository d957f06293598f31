"""The rules: no boto3, no environment, no raw AWS events, no clock of its own."""
