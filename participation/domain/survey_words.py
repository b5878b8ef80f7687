"""What a public survey says around its questions, and proposals for it in other languages.

Translations are texts of the municipality: a proposal stands in the field until somebody has read and stored it.
"""

from dataclasses import dataclass

GERMAN, SIMPLE = "de", "de-simple"


@dataclass(frozen=True)
class Language:
    """A language as people who speak it call it, and how its lines run."""

    name: str
    german: str
    is_right_to_left: bool = False

    @property
    def direction(self) -> str:
        """For the attribute ``dir``."""
        return "rtl" if self.is_right_to_left else "ltr"


LANGUAGES = {
    GERMAN: Language("Deutsch", "Deutsch"),
    SIMPLE: Language("Leichte Sprache", "Leichte Sprache"),
    "ar": Language("العربية", "Arabisch", True),
    "en": Language("English", "Englisch"),
    "fa": Language("فارسی", "Persisch", True),
    "fr": Language("Français", "Französisch"),
    "pl": Language("Polski", "Polnisch"),
    "ro": Language("Română", "Rumänisch"),
    "ru": Language("Русский", "Russisch"),
    "tr": Language("Türkçe", "Türkisch"),
    "uk": Language("Українська", "Ukrainisch"),
    "vi": Language("Tiếng Việt", "Vietnamesisch"),
}

FRAME = {
    "hint": "Alle Fragen sind freiwillig. Schreiben Sie nichts, woran Sie oder andere zu erkennen sind.",
    "until": "Sie können mitmachen bis zum",
    "languages": "Sprache",
    "several": "Mehrere Antworten sind möglich.",
    "free": "Bitte keine Namen und keine Adressen.",
    "none": "keine Angabe",
    "send": "Absenden",
    "privacy": "Datenschutz",
    "told": (
        "Sie brauchen kein Konto. Diese Seite setzt keine Cookies, und niemand speichert, wer Sie sind. Ihre Antworten "
        "bleiben bis zum Ende der Befragung gespeichert. Dann werden daraus Tabellen, in denen niemand zu erkennen "
        "ist, und die einzelnen Antworten werden gelöscht. Freie Texte liest die Kommune durch, bevor andere sie "
        "sehen. Gegen Missbrauch zählt das Portal einen Tag lang, wie viele Fragebögen von einem Anschluss kommen; "
        "die Adresse des Anschlusses speichert es nicht."
    ),
    "authority": "Verantwortlich",
    "thanks": "Vielen Dank für Ihre Antworten!",
    "arrived": "Ihre Antworten sind angekommen. Sie können die Seite schließen.",
    "again": "Für eine andere Person ausfüllen",
    "over": "Diese Befragung ist beendet. Vielen Dank an alle, die mitgemacht haben.",
    "not_sent": "Ihre Antworten sind noch nicht abgeschickt.",
    "nothing": "Beantworten Sie mindestens eine Frage.",
    "unknown": "Wählen Sie eine der Antworten, die hier stehen.",
    "long": "Der Text ist zu lang. Möglich sind 2 000 Zeichen.",
    "quick": "Das ging sehr schnell. Warten Sie einen Augenblick, und drücken Sie noch einmal auf „Absenden“.",
    "trap": "Lassen Sie das Feld „Bitte leer lassen“ leer.",
    "busy": "Von hier kamen gerade schon sehr viele Antworten. Versuchen Sie es in einer Stunde noch einmal.",
}

PROPOSED: dict[str, dict[str, str]] = {
    SIMPLE: {
        "hint": "Sie müssen keine Frage beantworten. Schreiben Sie keine Namen.",
        "until": "Sie können mitmachen bis zum",
        "languages": "Sprache",
        "several": "Sie können mehrere Antworten ankreuzen.",
        "free": "Schreiben Sie keine Namen und keine Adressen.",
        "none": "Ich sage nichts dazu",
        "send": "Abschicken",
        "privacy": "Daten-Schutz",
        "told": (
            "Sie müssen sich nicht anmelden. Niemand weiß, wer Sie sind. Wir speichern Ihre Antworten nur bis zum "
            "Ende der Umfrage. Dann machen wir daraus Tabellen. In den Tabellen kann man niemanden erkennen. Danach "
            "löschen wir Ihre Antworten. Was Sie selbst schreiben, lesen wir erst durch. Dann dürfen es andere lesen. "
            "Wir zählen einen Tag lang, wie viele Frage-Bögen von einem Internet-Anschluss kommen. Die Adresse vom "
            "Anschluss speichern wir nicht."
        ),
        "authority": "Wer fragt?",
        "thanks": "Vielen Dank!",
        "arrived": "Wir haben Ihre Antworten bekommen. Sie sind fertig.",
        "again": "Für einen anderen Menschen ausfüllen",
        "over": "Die Umfrage ist zu Ende. Vielen Dank an alle.",
        "not_sent": "Ihre Antworten sind noch nicht abgeschickt.",
        "nothing": "Bitte beantworten Sie eine Frage.",
        "unknown": "Bitte wählen Sie eine Antwort, die hier steht.",
        "long": "Der Text ist zu lang. Bitte schreiben Sie weniger.",
        "quick": "Das war sehr schnell. Bitte warten Sie kurz. Drücken Sie dann noch einmal auf „Abschicken“.",
        "trap": "Bitte lassen Sie das Feld „Bitte leer lassen“ leer.",
        "busy": "Von hier sind gerade viele Antworten gekommen. Bitte versuchen Sie es in einer Stunde noch einmal.",
    },
    "en": {
        "hint": "All questions are voluntary. Do not write anything that identifies you or other people.",
        "until": "You can take part until",
        "languages": "Language",
        "several": "You can choose more than one answer.",
        "free": "Please no names and no addresses.",
        "none": "no answer",
        "send": "Send",
        "privacy": "Data protection",
        "told": (
            "You need no account. This page sets no cookies, and nobody stores who you are. Your answers are kept "
            "until the survey ends. Then they become tables in which nobody can be identified, and the single answers "
            "are deleted. The municipality reads free texts before others see them. Against misuse the portal counts "
            "for one day how many forms come from one connection; it does not store the address of the connection."
        ),
        "authority": "Responsible",
        "thanks": "Thank you for your answers!",
        "arrived": "Your answers have arrived. You can close this page.",
        "again": "Fill in for another person",
        "over": "This survey has ended. Thank you to everybody who took part.",
        "not_sent": "Your answers have not been sent yet.",
        "nothing": "Please answer at least one question.",
        "unknown": "Please choose one of the answers shown here.",
        "long": "The text is too long. Up to 2,000 characters are possible.",
        "quick": "That was very fast. Please wait a moment and press “Send” again.",
        "trap": "Leave the field „Bitte leer lassen“ empty.",
        "busy": "Very many answers have just come from here. Please try again in an hour.",
    },
    "uk": {
        "hint": "Усі запитання добровільні. Не пишіть нічого, за чим можна впізнати вас або інших людей.",
        "until": "Взяти участь можна до",
        "languages": "Мова",
        "several": "Можна вибрати кілька відповідей.",
        "free": "Будь ласка, без імен і адрес.",
        "none": "без відповіді",
        "send": "Надіслати",
        "privacy": "Захист даних",
        "told": (
            "Обліковий запис не потрібен. Ця сторінка не використовує файли cookie, і ніхто не зберігає, хто ви. Ваші "
            "відповіді зберігаються до кінця опитування. Потім з них складають таблиці, у яких нікого не можна "
            "впізнати, а окремі відповіді видаляють. Вільні тексти муніципалітет читає, перш ніж їх побачать інші. "
            "Щоб запобігти зловживанням, портал один день рахує, скільки анкет надходить з одного підключення; адресу "
            "підключення він не зберігає."
        ),
        "authority": "Відповідальна установа",
        "thanks": "Дякуємо за ваші відповіді!",
        "arrived": "Ваші відповіді надійшли. Ви можете закрити сторінку.",
        "again": "Заповнити за іншу людину",
        "over": "Це опитування завершено. Дякуємо всім, хто взяв участь.",
        "not_sent": "Ваші відповіді ще не надіслано.",
        "nothing": "Будь ласка, дайте відповідь хоча б на одне запитання.",
        "unknown": "Будь ласка, виберіть одну з наведених відповідей.",
        "long": "Текст задовгий. Можна написати до 2000 знаків.",
        "quick": "Це було дуже швидко. Зачекайте хвилинку і ще раз натисніть «Надіслати».",
        "trap": "Залиште поле „Bitte leer lassen“ порожнім.",
        "busy": "Звідси щойно надійшло дуже багато відповідей. Спробуйте ще раз за годину.",
    },
    "ar": {
        "hint": "جميع الأسئلة اختيارية. لا تكتب شيئًا يمكن من خلاله التعرف عليك أو على الآخرين.",
        "until": "يمكنك المشاركة حتى",
        "languages": "اللغة",
        "several": "يمكن اختيار أكثر من إجابة.",
        "free": "من فضلك لا تكتب أسماء أو عناوين.",
        "none": "بدون إجابة",
        "send": "إرسال",
        "privacy": "حماية البيانات",
        "told": (
            "لا تحتاج إلى حساب. هذه الصفحة لا تستخدم ملفات تعريف الارتباط، ولا أحد يخزّن من أنت. تُحفظ إجاباتك حتى نهاية "
            "الاستطلاع. بعد ذلك تصبح جداول لا يمكن التعرف فيها على أي شخص، وتُحذف الإجابات الفردية. تقرأ البلدية النصوص "
            "الحرة قبل أن يراها الآخرون. لمنع إساءة الاستخدام تحسب البوابة ليوم واحد عدد الاستمارات التي تأتي من اتصال "
            "واحد، ولا تخزّن عنوان الاتصال."
        ),
        "authority": "الجهة المسؤولة",
        "thanks": "شكرًا على إجاباتك!",
        "arrived": "لقد وصلت إجاباتك. يمكنك إغلاق الصفحة.",
        "again": "ملء الاستمارة لشخص آخر",
        "over": "انتهى هذا الاستطلاع. شكرًا لكل من شارك.",
        "not_sent": "لم تُرسل إجاباتك بعد.",
        "nothing": "من فضلك أجب عن سؤال واحد على الأقل.",
        "unknown": "من فضلك اختر إحدى الإجابات الموجودة هنا.",
        "long": "النص طويل جدًا. يمكن كتابة 2000 حرف كحد أقصى.",
        "quick": "كان ذلك سريعًا جدًا. انتظر لحظة ثم اضغط مرة أخرى على «إرسال».",
        "trap": "اترك الحقل „Bitte leer lassen“ فارغًا.",
        "busy": "وصلت للتو إجابات كثيرة جدًا من هنا. حاول مرة أخرى بعد ساعة.",
    },
}
