"""How a sentence is marked for translation where nothing may be translated yet.

Definitions are imported once and read in two languages, so the mark does nothing; the words are
looked up where they are shown.
"""

N_ = str
