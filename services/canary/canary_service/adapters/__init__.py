"""Cognito, the APIs and the bridge, as the logic wants to see them."""
