"""What an auction night and a quiet month of Calcutta cost."""
