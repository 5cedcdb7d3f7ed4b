"""Reading print off a picture: `engine.read_invoice` is the only function a room needs. It may take seconds, and calls
nothing over a network: the model's files come with the package. Importing this package loads no model and no engine.
"""
