"""The live auction: commands over WebSockets, one serialization point per auction."""
