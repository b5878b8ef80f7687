"""Every dated fact about the two model municipalities: where a portal or a plan shows less, something is missing.

One row is (official key, date as it is shown, words that stand together with that date in one record). Where one event
is kept in several records, it has several rows. The words are our own; the facts come from the report of December 2018.
"""

from typing import NamedTuple

KYF, ABG = "16065", "16077"


class Fact(NamedTuple):
    ags: str
    date: str
    words: tuple[str, ...]


FACTS = (
    Fact(KYF, "2013", ("Audit „Familiengerechter Landkreis“", "Stiftung FamilienSINN", "TMSFG")),
    Fact(KYF, "2013", ("Politische Legitimation", "Interessenbekundungsverfahren")),
    Fact(KYF, "17.07.2014", ("Strategieworkshop", "Unsere Vision für den Kyffhäuserkreis")),
    Fact(KYF, "17.07.2014", ("Leitbild", "„Familienfreundliches Thüringen“ (2014)")),
    Fact(KYF, "17.07.2014", ("Familienbegriff des Kyffhäuserkreises",)),
    Fact(KYF, "Juni 2015", ("Zertifikat „Familiengerechter Landkreis“", "Zielvereinbarungen", "drei Jahre")),
    Fact(KYF, "Januar 2016", ("Armutsprävention", "zwei Teilzeitstellen", "Lebensphasen")),
    Fact(KYF, "17.08.2016", ("1. Sitzung der externen Steuerungsgruppe", "Kabinettsvorlage")),
    Fact(KYF, "12.10.2016", ("2. Sitzung der externen Steuerungsgruppe", "Modellstandort", "Leitziele", "IKPE")),
    Fact(KYF, "12.10.2016", ("Moderation der Zukunftswerkstatt", "IKPE")),
    Fact(KYF, "02.11.2016", ("Regionalkonferenz Bad Frankenhausen", "Planungsregion Mitte", "gewichtet")),
    Fact(KYF, "11.04.2017", ("Regionalkonferenz Wiehe", "Planungsregion Ost", "gewichtet")),
    Fact(KYF, "04.05.2017", ("Regionalkonferenz Niedertopfstedt", "Planungsregion West", "über 100 Personen")),
    Fact(KYF, "09.08.2017", ("1. Sitzung der internen Steuerungsgruppe", "Zielgruppen", "ARM", "SWOT")),
    Fact(KYF, "22.08.2017", ("2. Sitzung der internen Steuerungsgruppe", "Erwartungen der Verwaltung")),
    Fact(KYF, "August 2017", ("Stelle für die LSZ-Sozialplanung", "Jugendhilfeausschuss")),
    Fact(KYF, "August 2017", ("Stelle für die LSZ-Sozialplanung", "Kreisausschuss")),
    Fact(KYF, "01.09.2017", ("Externe Steuerungsgruppe", "Bedarfe je Handlungsfeld")),
    Fact(KYF, "September 2017", ("Kooperationsvertrag", "TMASGFF", "Landratsamt")),
    Fact(KYF, "01.10.2017", ("Planerstelle", "01.10.2018")),
    Fact(KYF, "13.10.2017", ("Handlungs- und Maßnahmenziele", "IKPE", "Einvernehmen", "Prioritäten")),
    Fact(KYF, "17.11.2017", ("Vernetzungstreffen", "LSZ und ARM")),
    Fact(KYF, "15.12.2017", ("1. Familienbericht", "Maßnahmenplan", "Jugendhilfeausschuss/Kreisausschuss")),
    Fact(KYF, "4. Quartal 2017", ("1. Familienbericht", "Jugendhilfeausschuss", "15.12.2017")),
    Fact(KYF, "15.12.2017", ("Einreichung", "Kooperationsvertrag", "TMASGFF")),
    Fact(KYF, "01.01.2018", ("Start der Modellphase",)),
    Fact(KYF, "März 2018", ("Bewilligung", "TMASGFF")),
    Fact(KYF, "14.06.2018", ("1. Sitzung des Beirats zum Landesprogramm Familie", "Geschäftsordnung")),
    Fact(KYF, "2018", ("Richtlinie", "Weiterleitung", "Rechtsabteilung")),
    Fact(KYF, "2018", ("Leitfaden für Projektanträge",)),
    Fact(KYF, "2018", ("Öffentlichkeitsarbeit", "Gespräche mit Trägern")),
    Fact(KYF, "2018", ("LSZ-Regionalkonferenzen", "Ministerium")),
    Fact(KYF, "2018", ("Rezertifizierung", "LSZ")),
    Fact(KYF, "Dezember 2018", ("Bilanzierungsgespräch", "Audit")),
    Fact(KYF, "Dezember 2018", ("Bescheide", "Bad Frankenhausen", "Sondershausen")),
    Fact(ABG, "Oktober 2013", ("Auditierung", "„Familiengerechter Landkreis“")),
    Fact(ABG, "März 2015", ("Zielvereinbarungen", "Kreistag", "Stadt Altenburg")),
    Fact(ABG, "2016", ("Armutsprävention", "Personalwechsel Mitte 2017")),
    Fact(ABG, "01.09.2017", ("Kooperationsvertrag", "TMASGFF", "Altenburger Land")),
    Fact(ABG, "31.12.2018", ("Kooperationsvertrag", "TMASGFF", "Altenburger Land")),
    Fact(ABG, "September 2017", ("Start als Modellkommune",)),
    Fact(ABG, "Oktober 2017", ("Stabsstelle Sozialplanung", "0,8 VzÄ")),
    Fact(ABG, "November 2017", ("Angebotsanalyse", "Experteninterviews", "Verwaltung")),
    Fact(ABG, "November 2017", ("Wohlfahrtsverbänden", "Kreisliga", "Kirchenkreis", "Sport", "Zivilgesellschaft")),
    Fact(ABG, "November 2017", ("Dokumenten- und Datenanalyse", "Statistik")),
    Fact(ABG, "Dezember 2017", ("Arbeits-/Steuerungsgruppe", "Stabsstelle der Hausleitung", "Wirtschaftsförderung")),
    Fact(ABG, "1. Quartal 2018", ("Bedarfsanalyse", "Expertenbefragungen", "Workshops")),
    Fact(ABG, "2018", ("Familienbefragung", "1 000", "Rücklauf")),
    Fact(ABG, "1. Quartal 2018", ("Arbeitstreffen", "Bürgermeister")),
    Fact(ABG, "1. Quartal 2018", ("Strategie-Workshop Familienförderung", "formalisierten Struktur")),
    Fact(ABG, "April 2018", ("Planungsbeirat", "lädt")),
    Fact(ABG, "2018", ("1. Sitzung des Planungsbeirats", "Bedarfe", "Erwartungen")),
    Fact(ABG, "2018", ("2. Sitzung des Planungsbeirats", "Prioritäten")),
    Fact(ABG, "2018", ("3. Sitzung des Planungsbeirats", "Ziele")),
    Fact(ABG, "1. Halbjahr 2018", ("Sondierungsgespräche", "bis Mitte 2018", "LEADER", "Austausch")),
    Fact(ABG, "Januar 2019", ("Konstituierung des Planungsbeirats", "10 bis 12 Monate")),
    Fact(ABG, "2018", ("Landratswahl", "Führungsspitze")),
)

# What the report says without a date: words that must be found somewhere in the municipality's records.
UNDATED = (
    (KYF, "Jugendhilfeausschuss"),
    (KYF, "Sozialausschuss"),
    (KYF, "AK HzE"),
    (KYF, "AK Jugendarbeit"),
    (KYF, "Kirche"),
    (KYF, "Altenhilfe"),
    (KYF, "Gemeinden"),
    (KYF, "Gleichstellungs- und Familienbeauftragte"),
    (KYF, "Thüringer EKZ"),
    (KYF, "Behindertenbeauftragte"),
    (KYF, "Integrationsbeauftragte"),
    (KYF, "Seniorenbeauftragte"),
    (KYF, "Ehe- und Lebensberatungsstellen"),
    (KYF, "Mehrgenerationenhauses/Familienzentrums"),
    (KYF, "Gesundheitsamt"),
    (KYF, "Wirtschaftsförderungsamt"),
    (KYF, "Paritätische Kreisgruppe"),
    (KYF, "beratende Mitglieder"),
    (KYF, "2. Thüringer Familienbericht"),
    (KYF, "1. Seniorenbericht"),
    (KYF, "Bevölkerungsprognose"),
    (KYF, "Familienformen"),
    (KYF, "Langzeitarbeitslosigkeit"),
    (KYF, "wenig aktuelle Daten"),
    (KYF, "Befragungen der Bürgermeisterinnen und Bürgermeister"),
    (KYF, "Qualitätskriterien werden den geförderten"),
    (KYF, "Familienbericht im Jahr ist Bedingung"),
    (KYF, "jährlich fortgeschrieben"),
    (ABG, "Krankheitsbedingte Personalausfälle"),
    (ABG, "Urlaubszeiten"),
    (ABG, "Kommunikationslücken"),
    (ABG, "Auftraggebers"),
    (ABG, "überschneidenden Prioritäten"),
    (ABG, "Umfangreiche Beteiligungsprozesse"),
    (ABG, "Zielformulierung und Maßnahmenplanung"),
    (ABG, "IKPE"),
)
