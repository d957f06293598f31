"""What a check does and when it fails: no boto3, no environment, no clock of its own."""
