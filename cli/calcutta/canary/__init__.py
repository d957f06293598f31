"""`calcutta canary`: is a bid answered, broadcast and kept, right now?"""
