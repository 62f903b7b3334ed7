from questions.records import Finding


def check(asked, *, as_of, text=None, open_questions=()):
    return ()
