"""Reading print off a picture. Nothing is called over a network: the model's files come with the package. Importing
this package loads no model and no engine.

`paper.read_paper` reads a paper of a claim, whatever it is; `engine.read_report` a medical report; `id_card.read_card`
one side of an identity card. From picture to fields: `light` mends the photograph, `engine` finds and reads lines,
`upright` turns and levels them, `kinds` tells the paper, and one file a kind finds its fields with `layout` (labels
and what stands beside them), `rows`, `printed` (amounts, days) and `check_digits`; `checks` says what is doubtful.
"""
