"""From sales and results to money: rounds, rules, and everybody's account.

rounds      which games a field plays
rules       whether a league's rules add up, and the ones it has by default
arithmetic  tax, fee, and whole cents out of exact amounts
settle      the accounts
importing   results and awards into the database
"""
