import pytest

from questions.articles.tongue import foreign
from tests.questions.articles.newspaper import BODY

ENGLISH = " ".join(BODY)
GERMAN = (
    "Der Hafen wird am Montag für große Schiffe geschlossen, sagte der Hafenmeister. Zwei Kräne "
    "müssen vor dem Winter repariert werden, und die Arbeiten können bis Juni dauern. Der Rat der "
    "Stadt will in der nächsten Woche darüber abstimmen, wer die Reparatur bezahlen soll. Die "
    "Fischer dürfen weiter an der Mole im Süden anlegen, die vor drei Jahren verbreitert wurde."
)
FRENCH = (
    "Le port sera fermé aux grands navires à partir de lundi, a déclaré le maître du port. Deux "
    "grues doivent être réparées avant l'hiver et les travaux pourraient durer jusqu'en juin. Le "
    "conseil municipal doit voter la semaine prochaine pour savoir qui paiera les réparations. "
    "Les bateaux de pêche peuvent encore utiliser le quai sud, élargi il y a trois ans."
)
RUSSIAN = (
    "Порт будет закрыт для больших судов с понедельника, сообщил начальник порта. Два крана "
    "должны быть отремонтированы до зимы, и работы могут продлиться до июня."
)


@pytest.mark.parametrize("said", ["", "en", "en-US", "de", "nonsense"])
def test_english_is_known_by_its_words_whatever_the_page_says(said: str) -> None:
    assert foreign(ENGLISH, said) == ""


@pytest.mark.parametrize(
    ("text", "said", "named"),
    [
        (GERMAN, "", "another language than English"),
        (GERMAN, "de-AT", "German"),
        (GERMAN, "en", "another language than English"),
        (FRENCH, "fr_FR".replace("_", "-"), "French"),
        (RUSSIAN, "", "another language than English"),
        ("港口将从星期一起对大型船舶关闭。" * 5, "zh-Hans", "Chinese"),
        ("Kurz.", "de", "German"),
        ("Lyhyt.", "fi", "fi"),
    ],
)
def test_another_language_is_named_where_the_page_names_it(
    text: str, said: str, named: str
) -> None:
    assert foreign(text, said) == named


@pytest.mark.parametrize("text", ["Kurz.", "", "Rain in Vestby.", "123 456 " * 10])
def test_a_short_text_has_the_benefit_of_the_doubt(text: str) -> None:
    assert foreign(text) == ""


def test_headlines_and_figures_are_english_enough() -> None:
    table = "The rate is 4.5 % in May. " * 6 + "Vestby 12, Oslo 14, Bergen 9, Hamar 3. "
    assert foreign(table) == ""
