"""The wallet: its protocol, the client that speaks it, the keys, and a simulator to speak with in the demo."""
