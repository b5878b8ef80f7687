"""Three texts as published plans are built (own words), each as Word writes it, as a PDF gives it, and as plain text.

``READ`` is what all three forms shall become; bold words are known to Word alone.
"""

SECOND = "\u00a0\u00a0\u00a0 "  # what Word puts behind a mark


def word_item(mark: str, words: str, level: int = 1) -> str:
    """An item of a list as Word writes it."""
    return (
        f"<p class=MsoListParagraphCxSpMiddle style='mso-list:l0 level{level} lfo1'><![if !supportLists]>"
        f"<span style='mso-list:Ignore'>{mark}<span style='font:7.0pt \"Times New Roman\"'>{SECOND}</span></span>"
        f"<![endif]>{words}<o:p></o:p></p>"
    )


def word_table(*rows: tuple[str, ...]) -> str:
    """A table as Word writes it."""
    cells = ("".join(f"<td width=100><p class=MsoNormal>{cell}<o:p></o:p></p></td>" for cell in row) for row in rows)
    return f"<table class=MsoTableGrid border=1>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"


# ---------------------------------------------------------------- a Fachplan of a Landkreis
COUNTY = """# 3.1 Ausgangslage

Im Landkreis leben 74.212 Menschen. Die Familienförderung arbeitet seit 2016 sozialraumbezogen.¹ Der Zuschnitt der \
Planungsräume folgt den Verwaltungsgemeinschaften.

## 3.1.1 Vorgehen bei der Bedarfserhebung

Befragt wurden drei Gruppen:

a) Eltern mit Kindern unter drei Jahren
b) Alleinerziehende
c) Großeltern, die Enkel betreuen

Die Rückläufe zeigt die Übersicht.

| Planungsraum | Bögen | Anteil in % |
| --- | ---: | ---: |
| Nord | 212 | 41,3 |
| Süd und Mitte | 301 | 58,7 |

Offen blieben

- die Erreichbarkeit am Wochenende,
- die Finanzierung nach 2021.

¹ Vgl. Kreistagsbeschluss vom 14. Juni 2016."""
COUNTY_WORD = (
    "<html xmlns:o='urn:x'><head><style>p.MsoNormal{margin:0cm}</style></head><body lang=DE><!--StartFragment-->"
    "<h2>3.1 Ausgangslage<o:p></o:p></h2><p class=MsoNormal>Im Landkreis leben <b>74.212 Menschen</b>. Die\n"
    "Familien&shy;förderung arbeitet seit 2016 <span style='font-weight:bold'>sozialraumbezogen</span>.¹ Der Zuschnitt "
    "der Planungs\u00adräume folgt\nden Verwaltungsgemeinschaften.<o:p></o:p></p>"
    "<h3>3.1.1 Vorgehen bei der Bedarfserhebung</h3><p class=MsoNormal>Befragt wurden drei Gruppen:<o:p></o:p></p>"
    + word_item("a)", "Eltern mit Kindern unter drei Jahren")
    + word_item("b)", "Alleinerziehende")
    + word_item("c)", "Großeltern, die Enkel betreuen")
    + "<p class=MsoNormal>Die Rückläufe zeigt die Übersicht.</p>"
    + word_table(("Planungsraum", "Bögen", "Anteil in %"), ("Nord", "212", "41,3"), ("Süd und Mitte", "301", "58,7"))
    + "<p class=MsoNormal>Offen blieben</p>"
    + word_item("·", "die Erreichbarkeit am Wochenende,")
    + word_item("·", "die Finanzierung nach 2021.")
    + "<p class=MsoFootnoteText>¹ Vgl. Kreistagsbeschluss vom 14. Juni 2016.</p><!--EndFragment--></body></html>"
)
COUNTY_PDF = """3.1 Ausgangslage
Im Landkreis leben 74.212 Menschen. Die Familienförderung arbeitet seit 2016 so-
zialraumbezogen.¹ Der Zuschnitt der Planungsräume folgt den Verwaltungsgemein-
schaften.
3.1.1 Vorgehen bei der Bedarfserhebung
Befragt wurden drei Gruppen:
a) Eltern mit Kindern unter drei Jahren
b) Alleinerziehende
c) Großeltern, die Enkel betreuen

Die Rückläufe zeigt die Übersicht.
Planungsraum\tBögen\tAnteil in %
Nord\t212\t41,3
Süd und Mitte\t301\t58,7

Offen blieben
\uf0b7\tdie Erreichbarkeit am Wochenende,
\uf0b7\tdie Finanzierung nach 2021.

¹ Vgl. Kreistagsbeschluss vom 14. Juni 2016."""
COUNTY_PLAIN = """3.1 Ausgangslage

Im Landkreis leben 74.212 Menschen. Die Familienförderung arbeitet seit 2016 sozialraumbezogen.¹ Der Zuschnitt der \
Planungsräume folgt den Verwaltungsgemeinschaften.

3.1.1 Vorgehen bei der Bedarfserhebung

Befragt wurden drei Gruppen:
a) Eltern mit Kindern unter drei Jahren
b) Alleinerziehende
c) Großeltern, die Enkel betreuen

Die Rückläufe zeigt die Übersicht.

Planungsraum\tBögen\tAnteil in %
Nord\t212\t41,3
Süd und Mitte\t301\t58,7

Offen blieben
- die Erreichbarkeit am Wochenende,
- die Finanzierung nach 2021.

¹ Vgl. Kreistagsbeschluss vom 14. Juni 2016."""

# ---------------------------------------------------------------- an integrated plan of a town
TOWN = """# 2.3 Sozialräume der Stadt

Die Stadt gliedert sich in zwei Räume:

I. Innenstadt mit Bahnhofsviertel
II. Höhenlagen und Ortsteile

Weiter im Verfahren:

3. Beschluss des Ausschusses
4. Beteiligung der Träger
  - schriftlich
  - im Gespräch
5. Beschluss des Rates

In der Kinder- und Jugendhilfe gilt das Fachkräftegebot; das Eltern-Kind-Zentrum bleibt.

| Raum | Einwohner | Kosten in € |
| --- | ---: | ---: |
| Innenstadt | 12.400 | 120.000,00 |
| Höhenlagen | 8.950 | 64.500,50 |"""
TOWN_WORD = (
    "<html><body><h1>2.3 Sozialräume der Stadt</h1><p>Die Stadt gliedert sich in <strong>zwei Räume</strong>:</p>"
    "<ol type=I><li>Innenstadt mit Bahnhofsviertel</li><li>Höhenlagen und Ortsteile</li></ol>"
    "<p>Weiter im Verfahren:</p><ol start=3><li>Beschluss des Ausschusses</li><li>Beteiligung der Träger"
    "<ul><li>schriftlich</li><li>im Gespräch</li></ul></li><li>Beschluss des Rates</li></ol>"
    "<p>In der Kinder- und Jugendhilfe gilt das Fachkräfte&shy;gebot; das Eltern-Kind-Zentrum bleibt.</p>"
    "<table><thead><tr><th>Raum</th><th>Einwohner</th><th>Kosten in €</th></tr></thead><tbody>"
    "<tr><td>Innenstadt</td><td>12.400</td><td>120.000,00</td></tr>"
    "<tr><td>Höhenlagen</td><td>8.950</td><td>64.500,50</td></tr></tbody></table></body></html>"
)
TOWN_PDF = """2.3 Sozialräume der Stadt
Die Stadt gliedert sich in zwei Räume:
I. Innenstadt mit Bahnhofsviertel
II. Höhenlagen und Ortsteile

Weiter im Verfahren:
3. Beschluss des Ausschusses
4. Beteiligung der Träger
   o   schriftlich
   o   im Gespräch
5. Beschluss des Rates

In der Kinder-
und Jugendhilfe gilt das Fachkräf-
tegebot; das Eltern-
Kind-Zentrum bleibt.

Raum\tEinwohner\tKosten in €
Innenstadt\t12.400\t120.000,00
Höhenlagen\t8.950\t64.500,50"""
TOWN_PLAIN = """2.3 Sozialräume der Stadt

Die Stadt gliedert sich in zwei Räume:
I. Innenstadt mit Bahnhofsviertel
II. Höhenlagen und Ortsteile

Weiter im Verfahren:
3. Beschluss des Ausschusses
4. Beteiligung der Träger
   - schriftlich
   - im Gespräch
5. Beschluss des Rates

In der Kinder- und Jugendhilfe gilt das Fachkräftegebot; das Eltern-Kind-Zentrum bleibt.

Raum\tEinwohner\tKosten in €
Innenstadt\t12.400\t120.000,00
Höhenlagen\t8.950\t64.500,50"""

# ---------------------------------------------------------------- a plan against child poverty
POVERTY = """## 4.2.1 Handlungsempfehlungen

(1) Frühe Hilfen ausbauen
(2) Wege verkürzen

Jede Empfehlung nennt Ziel, Weg und Zuständigkeit. Über 2022 hinaus wird jährlich berichtet; \
Grundlage ist § 16 SGB VIII.

- Ziel: mehr Familien erreichen
  - über Hebammen
  - über Kitas
- Weg: Lotsinnen im Sozialraum

3. Quartal 2021 beginnt die Umsetzung.

| Empfehlung | Zuständig |
| --- | --- |
| Frühe Hilfen | Jugendamt und freie Träger |
| Wege | Nahverkehr |"""
POVERTY_WORD = (
    "<html><body><p class=berschrift3 style='mso-outline-level:3'>4.2.1 Handlungsempfehlungen</p>"
    + word_item("(1)", "Frühe Hilfen ausbauen")
    + word_item("(2)", "Wege verkürzen")
    + "<p class=MsoNormal>Jede Empfehlung nennt <b>Ziel</b>, <b>Weg</b> und <b>Zuständigkeit</b>. Über "
    "2022 hinaus wird\njährlich berichtet; Grundlage ist §&nbsp;16 SGB&nbsp;VIII.</p>"
    + word_item("\uf0a7", "<b>Ziel:</b> mehr Familien erreichen")
    + word_item("o", "über Hebammen", 2)
    + word_item("o", "über Kitas", 2)
    + word_item("\uf0a7", "<b>Weg:</b> Lotsinnen im Sozialraum")
    + "<p class=MsoNormal>3. Quartal 2021 beginnt die Umsetzung.</p>"
    + word_table(
        ("<b>Empfehlung</b>", "<b>Zuständig</b>"),
        ("Frühe Hilfen", "Jugendamt<br>und freie Träger"),
        ("Wege", "Nahverkehr"),
    )
    + "</body></html>"
)
POVERTY_PDF = """4.2.1 Handlungsempfehlungen
(1) Frühe Hilfen ausbauen
(2) Wege verkürzen

Jede Empfehlung nennt Ziel, Weg und Zuständigkeit. Über 2022 hin-
aus wird jährlich berichtet; Grundlage ist § 16 SGB VIII.

\uf0a7 Ziel: mehr Familien erreichen
   o   über Hebammen
   o   über Kitas
\uf0a7 Weg: Lotsinnen im Sozialraum

3. Quartal 2021 beginnt die Umsetzung.

Empfehlung\tZuständig
Frühe Hilfen\tJugendamt und freie Träger
Wege\tNahverkehr"""
POVERTY_PLAIN = """4.2.1 Handlungsempfehlungen

(1) Frühe Hilfen ausbauen
(2) Wege verkürzen

Jede Empfehlung nennt Ziel, Weg und Zuständigkeit. Über 2022 hinaus wird jährlich berichtet; \
Grundlage ist § 16 SGB VIII.

• Ziel: mehr Familien erreichen
    • über Hebammen
    • über Kitas
• Weg: Lotsinnen im Sozialraum

3. Quartal 2021 beginnt die Umsetzung.

Empfehlung\tZuständig
Frühe Hilfen\tJugendamt und freie Träger
Wege\tNahverkehr"""

READ = {"Landkreis": COUNTY, "Stadt": TOWN, "Kinderarmut": POVERTY}
FORMS = {
    "Landkreis": (("", COUNTY_WORD), (COUNTY_PDF, ""), (COUNTY_PLAIN, "")),
    "Stadt": (("", TOWN_WORD), (TOWN_PDF, ""), (TOWN_PLAIN, "")),
    "Kinderarmut": (("", POVERTY_WORD), (POVERTY_PDF, ""), (POVERTY_PLAIN, "")),
}
