"""What developers run now and then; nothing of this is deployed."""
