"""The kinds of message that the message model tells apart."""

# The urgent matters, the most pressing first: when two are as likely, the first here wins.
URGENT = (
    "self_harm", "child_at_risk", "assault", "arrest", "suspension", "settlement_agreement",
    "forced_resignation", "dismissal", "allegation", "tribunal",
)  # fmt: skip
# Those on which a life may depend.
SAFETY = ("self_harm", "child_at_risk")
# The rest; an ordinary message is one to look up, however sad or cross it is, and a remark tells
# something and is after nothing.
ORDINARY, REMARK, OWN_CASE, PERSON, OUT_OF_SCOPE, CHAT = (
    "ordinary", "remark", "own_case", "person", "out_of_scope", "chat",
)  # fmt: skip
KINDS = (*URGENT, ORDINARY, REMARK, OWN_CASE, PERSON, OUT_OF_SCOPE, CHAT)
# What a message is about, whether or not it is happening.
NO_MATTER = "none"
MATTERS = (*URGENT, NO_MATTER)

LONGEST_MESSAGE = 256  # word pieces; the longest message that the app takes has about as many
