"""The commands of stories, as they are typed."""


def test_stories_are_merged_and_split_by_command(shell):
    assert shell.ok("story", "merge", "s2", "S1", "--as", "Ana") == "S2 is part of S1 now\n"
    assert shell.data("inbox") == []
    assert shell.data("story", "split", "R2", "--why", "another town", "--as", "Bo")["id"] == "S3"
    assert [one["story"] for one in shell.data("inbox")] == ["S3"]


def test_a_story_that_is_not_there_is_not_found(shell):
    refused = shell("story", "merge", "S9", "S1", "--as", "Ana")
    assert refused.exit_code == 3
