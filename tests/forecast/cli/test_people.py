"""Members: added, called by other names, listed."""


def test_a_member_joins_gets_an_alias_and_is_listed(shell):
    made = shell.data("member", "add", "Cleo")
    assert made == {"name": "Cleo", "id": "Cleo", "head": shell.head()}
    made = shell.data("member", "alias", "Cleo", "the new one")
    assert made == {"alias": "the new one", "member": "Cleo", "id": "the new one"} | {
        "head": shell.head()
    }
    assert shell.ok("member", "list") == "Ana\nBo\nCleo\n"
    assert shell.data("predict", "Q1", "35%", "--as", "The New One")["member"] == "Cleo"


def test_a_name_is_taken_once(shell):
    assert "'ana' is a member already" in shell.refused(4, "member", "add", "ana")
