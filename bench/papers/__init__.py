"""A labelled set of claims with pictures: every person, firm, number and figure of it is invented.

`python -m bench.papers --count 320 --seed 7 --out DIR` writes the pictures and `labels.json`. The same seed gives the
same claims, labels and pictures (the pictures as far as the same fonts are installed).

invented  people, firms, numbers with right check figures · page  print on paper, seals · medical, vat, receipts,
records, cards, repair  the layouts · camera  what a telephone does to a page · covers  products and what they pay ·
cases  what is right or wrong with a claim · labelled  the set · walk  the set through the real claims flow
"""
