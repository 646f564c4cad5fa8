// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/formats/stopwords.h"

#include <QHash>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>

namespace rollcall {

namespace {

constexpr qsizetype mostMessage = 4'096;

struct Language {
    const char *code;
    const char16_t *phrases; ///< separated by |
};

// Phrases as people type them; compared after plain(). Single words that are everyday words in a sentence are fine
// here: inside one they are only asked about.
constexpr Language languages[] = {
    {"en",
        u"stop|stop it|stop all|stopall|unsubscribe|unsubscribe me|cancel|end|quit|opt out|optout|remove me|take me "
        u"off|"
        u"take me off your list|remove me from your list|do not contact me|don't contact me|do not message me|"
        u"don't message me|stop messaging me|stop texting me|leave me alone|no more messages|revoke"},
    {"de",
        u"stopp|abmelden|abbestellen|abmeldung|austragen|keine nachrichten mehr|nicht mehr schreiben|"
        u"schreiben sie mir nicht mehr|bitte nicht mehr anschreiben|lassen sie mich in ruhe|kündigen|widerruf|"
        u"ich widerrufe|löschen sie meine nummer|keine werbung"},
    {"fr",
        u"arrêt|arrêter|arrêtez|désabonner|désinscrire|désinscription|me désabonner|ne plus recevoir|ne m'écrivez plus|"
        u"ne me contactez plus|plus de messages|laissez-moi tranquille|stop sms"},
    {"es",
        u"parar|alto|baja|darme de baja|dar de baja|cancelar|no molestar|no me escriban|no me escriban más|no más "
        u"mensajes|"
        u"no quiero recibir mensajes|dejen de escribirme|déjenme en paz|eliminar mi número"},
    {"pt",
        u"pare|parar|sair|cancelar|descadastrar|remover|me remova|não quero receber|não quero mais receber mensagens|"
        u"não me mande mais mensagens|pare de enviar mensagens|não perturbe"},
    {"it",
        u"fermati|basta|cancellami|disiscrivimi|annulla|annulla iscrizione|cancella iscrizione|non scrivetemi più|"
        u"non contattatemi più|niente più messaggi|rimuovimi"},
    {"nl",
        u"stoppen|afmelden|uitschrijven|geen berichten meer|niet meer appen|stuur mij geen berichten meer|"
        u"laat me met rust|verwijder mijn nummer"},
    {"pl",
        u"wypisz|wypisz mnie|rezygnuję|koniec|nie pisz|nie piszcie|nie pisać|proszę nie pisać|usuńcie mój numer|"
        u"nie kontaktujcie się|zatrzymaj"},
    {"cs", u"odhlásit|odhlaste mě|nepište mi|už mi nepište|nechci zprávy|konec|zrušit|ukončit"},
    {"ro",
        u"opriți|oprește|dezabonare|dezabonează-mă|nu mai trimiteți|nu mă mai contactați|nu mai vreau mesaje|renunț"},
    {"hu", u"leiratkozás|leiratkozom|ne írjanak|ne írjon többet|állj|nem kérek több üzenetet|töröljenek"},
    {"sv", u"stoppa|avsluta|avregistrera|avregistrera mig|inga fler meddelanden|sluta skriva|ta bort mig|avanmäl"},
    {"da", u"afmeld|afmeld mig|ingen flere beskeder|stop med at skrive|fjern mig|lad mig være"},
    {"fi", u"lopeta|lopettakaa|peruuta|poista minut|ei enää viestejä|älkää lähettäkö|en halua viestejä"},
    {"el", u"σταμάτα|σταματήστε|διαγραφή|διακοπή|μη μου στέλνετε|όχι άλλα μηνύματα"},
    {"ru",
        u"стоп|отписаться|отпишите|отпишите меня|отписка|хватит|не пишите|не пишите мне|больше не пишите|"
        u"удалите мой номер|прекратите|отмена"},
    {"uk",
        u"відписатися|відпишіть|відпишіть мене|досить|не пишіть|не пишіть мені|більше не пишіть|видаліть мій "
        u"номер|припиніть"},
    {"tr",
        u"dur|durdur|iptal|ret|çıkış|üyelikten çık|mesaj atmayın|mesaj göndermeyin|bana yazmayın|rahatsız etmeyin|"
        u"listeden çıkar|listeden çıkarın"},
    {"ar", u"توقف|قف|الغاء|إلغاء|إلغاء الاشتراك|الغاء الاشتراك|لا تراسلني|لا ترسلوا لي|أوقفوا الرسائل|احذفوا رقمي|كفى"},
    {"he", u"הסר|הסירו|הסירו אותי|להסיר|תפסיקו|די|לא לשלוח|אל תשלחו לי|ביטול"},
    {"hi", u"बंद|बंद करो|बंद करें|रोको|रोकें|मैसेज मत करो|संदेश मत भेजो|मुझे मैसेज मत करो|हटाओ|band karo|message mat karo"},
    {"id",
        u"berhenti|hentikan|batal|berhenti berlangganan|jangan kirim pesan|jangan hubungi saya|jangan chat saya|keluar|"
        u"hapus nomor saya"},
    {"zh", u"停止|退订|退訂|取消|取消订阅|取消訂閱|不要再发|不要再發|别再发了|別再發了|不要联系我|不要聯絡我|td"},
    {"ja", u"停止|配信停止|解除|退会|やめて|やめてください|もう送らないで|送らないでください|連絡しないでください"},
    {"ko", u"그만|중지|수신거부|거부|해지|보내지 마세요|연락하지 마세요|그만 보내세요"},
    {"vi", u"dừng|dừng lại|hủy|huỷ đăng ký|đừng nhắn|đừng nhắn tin cho tôi|ngừng gửi|từ chối"},
    {"th", u"หยุด|ยกเลิก|เลิกส่ง|ไม่ต้องส่ง|ไม่รับข้อความ|อย่าส่งมาอีก"},
};

// Words that change nothing around a STOP.
constexpr char16_t polite[]
    = u"please|pls|plz|thanks|thank you|thx|ty|now|hi|hello|ok|bitte|danke|sofort|hallo|s'il vous plaît|"
      u"svp|stp|merci|bonjour|por favor|gracias|hola|obrigado|obrigada|olá|per favore|grazie|ciao|"
      u"alstublieft|aub|graag|bedankt|proszę|dziękuję|prosím|děkuji|vă rog|mulțumesc|kérem|köszönöm|tack|"
      u"tak|kiitos|παρακαλώ|ευχαριστώ|пожалуйста|спасибо|будь ласка|дякую|lütfen|teşekkürler|من فضلك|شكرا|"
      u"בבקשה|תודה|कृपया|धन्यवाद|tolong|terima kasih|请|請|谢谢|謝謝|お願いします|ありがとう|제발|감사합니다|"
      u"xin|cảm ơn|ครับ|ค่ะ|กรุณา|ขอบคุณ";

/// Lower case without accents, apostrophes and punctuation; one blank between words.
QString plain(const QString &text)
{
    QString out;
    const QString folded = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    for (const QChar c : folded) {
        const bool accent = c.category() == QChar::Mark_NonSpacing && c.script() == QChar::Script_Inherited;
        if (accent || c == u'\'' || c == u'\u2019' || c.category() == QChar::Other_Format)
            continue;
        if (c.isLetterOrNumber() || c.isMark())
            out += c;
        else if (!out.isEmpty() && !out.endsWith(u' '))
            out += u' ';
    }
    // Turkish dotless i and dotted I are typed either way.
    return out.replace(QChar(0x131), u'i').trimmed().normalized(QString::NormalizationForm_C);
}

/// Scripts that put no blanks between words.
bool isUnspaced(const QString &phrase)
{
    return std::any_of(phrase.begin(), phrase.end(), [](QChar c) {
        return c.script() == QChar::Script_Han || c.script() == QChar::Script_Hiragana
            || c.script() == QChar::Script_Katakana || c.script() == QChar::Script_Thai
            || c.script() == QChar::Script_Hangul;
    });
}

struct Phrase {
    QString language;
    QString shown;
    QString plain;
    bool unspaced = false;
};

const std::vector<Phrase> &phrases()
{
    static const std::vector<Phrase> all = [] {
        std::vector<Phrase> made;
        for (const Language &language : languages)
            for (const QString &phrase : QString::fromUtf16(language.phrases).split(u'|'))
                made.push_back({QString::fromLatin1(language.code), phrase, plain(phrase), isUnspaced(phrase)});
        // The longest first: "stop messaging me" says more than "stop".
        std::stable_sort(
            made.begin(), made.end(), [](const Phrase &a, const Phrase &b) { return a.plain.size() > b.plain.size(); });
        return made;
    }();
    return all;
}

const std::vector<QString> &politeWords()
{
    static const std::vector<QString> words = [] {
        std::vector<QString> made;
        for (const QString &word : QString::fromUtf16(polite).split(u'|'))
            made.push_back(plain(word));
        std::sort(made.begin(), made.end(), [](const QString &a, const QString &b) { return a.size() > b.size(); });
        return made;
    }();
    return words;
}

bool holds(const QString &message, const Phrase &phrase)
{
    if (phrase.unspaced)
        return message.contains(phrase.plain);
    return QString(u' ' + message + u' ').contains(QString(u' ' + phrase.plain + u' '));
}

QString withoutPoliteness(const QString &message)
{
    QString rest = u' ' + message + u' ';
    for (const QString &word : politeWords()) {
        if (isUnspaced(word))
            rest.remove(word);
        else
            rest.replace(QString(u' ' + word + u' '), QStringLiteral(" "));
    }
    return rest.simplified();
}

const QRegularExpression &stamp()
{
    // "[05.10.26, 10:12:33] ", "10/5/26, 10:12 PM - ", "2026-10-05 10:12 "
    static const QRegularExpression found(
        QStringLiteral("^\\s*\\[?\\d{1,4}[./-]\\d{1,2}[./"
                       "-]\\d{1,4},?\\s+\\d{1,2}[:.]\\d{2}(?:[:.]\\d{2})?(?:\\s?[AaPp]\\.?[Mm]\\.?)?\\]?\\s*"
                       "(?:-\\s*)?"));
    return found;
}

/// Chat exports put marks of direction in front of lines and names; what stands in the message is the message's.
bool isMark(QChar c)
{
    return c == QChar(0x200e) || c == QChar(0x200f) || (c >= QChar(0x202a) && c <= QChar(0x202e));
}

QString withoutMarksInFront(const QString &text)
{
    qsizetype at = 0;
    while (at < text.size() && isMark(text[at]))
        ++at;
    return text.mid(at);
}

} // namespace

std::optional<StopWord> stopWordIn(const QString &message)
{
    const QString text = plain(message.left(mostMessage));
    if (text.isEmpty())
        return std::nullopt;
    const QString rest = withoutPoliteness(text);
    for (const Phrase &phrase : phrases())
        if (text == phrase.plain || rest == phrase.plain || rest == phrase.plain + u' ' + phrase.plain)
            return StopWord{phrase.language, phrase.shown, true};
    for (const Phrase &phrase : phrases())
        if (holds(text, phrase))
            return StopWord{phrase.language, phrase.shown, false};
    return std::nullopt;
}

std::vector<StopMention> stopsInText(const QString &text)
{
    std::vector<StopMention> mentions;
    int number = 0;
    for (const QString &raw : text.left(mostStopText).split(u'\n')) {
        ++number;
        QString line = withoutMarksInFront(raw);
        line.remove(stamp());
        line = withoutMarksInFront(line);
        StopMention mention{.line = number};
        const qsizetype colon = line.indexOf(QStringLiteral(": "));
        const qsizetype tab = line.indexOf(u'\t');
        const qsizetype at = tab >= 0 ? tab : colon;
        if (at > 0 && at <= 60) {
            mention.sender = line.left(at).removeIf(isMark).trimmed();
            line = line.mid(at + (tab >= 0 ? 1 : 2));
        }
        mention.quote = withoutMarksInFront(line).trimmed();
        if (const std::optional<StopWord> word = stopWordIn(mention.quote)) {
            mention.word = *word;
            mentions.push_back(mention);
        }
    }
    std::stable_partition(
        mentions.begin(), mentions.end(), [](const StopMention &mention) { return mention.word.whole; });
    return mentions;
}

} // namespace rollcall
