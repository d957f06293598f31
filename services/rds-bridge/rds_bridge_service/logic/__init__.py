"""The rules: no SQL, no AWS, no environment, no clock."""
