"""A bank that moves no money: the trust account, its virtual sub-accounts, payments out, and a page that stands for
the payer's own banking app."""
