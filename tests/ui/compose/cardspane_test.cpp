// SPDX-License-Identifier: GPL-3.0-or-later
// The cards and the form of one of them: values in, what a person edits out.
#include "models/cards/message.h"
#include "tests/support/answer.h"
#include "ui/compose/internal/cardform.h"
#include "ui/compose/internal/cardsmodel.h"
#include "ui/compose/internal/messagepreview.h"

#include <QAbstractItemModelTester>
#include <QComboBox>
#include <QImage>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QMouseEvent>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>

using namespace rollcall;
using namespace rollcall::tests;

namespace {

const qint64 today = 1'700'000'000'000;

Card fullCard()
{
    Card card;
    card.name = {QStringLiteral("Dr Anna M. Example Jr."), QStringLiteral("Anna"), QStringLiteral("Example"),
        QStringLiteral("M."), QStringLiteral("Dr"), QStringLiteral("Jr.")};
    card.phones = {{QStringLiteral("+447700900123"), QStringLiteral("CELL"), QStringLiteral("447700900123")},
        {{}, QStringLiteral("IPHONE"), QStringLiteral("447700900124")}};
    card.emails = {{QStringLiteral("anna@example.org"), QStringLiteral("WORK")}};
    card.addresses = {{QStringLiteral("Street 1"), QStringLiteral("City"), QStringLiteral("ST"),
        QStringLiteral("12345"), QStringLiteral("Germany"), QStringLiteral("DE"), QStringLiteral("HOME")}};
    card.org = {QStringLiteral("Example Ltd"), QStringLiteral("Support"), QStringLiteral("Head")};
    card.birthday = QStringLiteral("1990-12-31");
    card.urls = {{QStringLiteral("https://example.org"), QStringLiteral("WORK")}};
    return card;
}

template <class T> T *part(QWidget &in, const char *name)
{
    return in.findChild<T *>(QLatin1String(name));
}

void typeOver(QLineEdit *edit, const QString &text)
{
    edit->selectAll();
    QTest::keyClicks(edit, text);
}

} // namespace

class CardsPaneTest final : public QObject {
    Q_OBJECT
private slots:
    void everyFieldComesBack();
    void editsGoIntoTheirField();
    void everyFieldIsTyped();
    void entriesComeAndGo();
    void longValuesAreKept();
    void entriesMove();
    void remarksStandBesideTheirField();
    void modelMoves();
    void cardsAreDropped();
    void pictureFollowsItsLook();
};

void CardsPaneTest::everyFieldComesBack()
{
    Card card;
    const Card full = fullCard();
    for (const CardPart part : cardParts)
        setRows(card, part, rowsOf(full, part));
    QCOMPARE(card, full);
    CardForm form;
    form.setCard(full);
    QCOMPARE(part<QLineEdit>(form, "addresses.0.country_code")->text(), QStringLiteral("DE"));
    QCOMPARE(part<QLineEdit>(form, "name.prefix")->text(), QStringLiteral("Dr"));
    QCOMPARE(part<QComboBox>(form, "phones.1.type")->currentText(), QStringLiteral("IPHONE"));
    QCOMPARE(form.card(), full);
}

void CardsPaneTest::editsGoIntoTheirField()
{
    CardForm form;
    form.resize(600, 900);
    form.show();
    form.setCard(fullCard());
    spin(50);
    Card last;
    connect(&form, &CardForm::edited, &form, [&last](const Card &card) { last = card; });
    Card wanted = fullCard();
    const auto edit = [&](const char *field, QString &value) {
        value = QStringLiteral("typed into ") + QLatin1String(field);
        typeOver(part<QLineEdit>(form, field), value);
        QCOMPARE(last, wanted);
    };
    edit("name.formatted_name", wanted.name.formatted);
    edit("name.middle_name", wanted.name.middle);
    edit("name.suffix", wanted.name.suffix);
    edit("phones.1.wa_id", wanted.phones[1].waId);
    edit("emails.0.email", wanted.emails[0].email);
    edit("addresses.0.street", wanted.addresses[0].street);
    edit("addresses.0.zip", wanted.addresses[0].zip);
    edit("addresses.0.state", wanted.addresses[0].state);
    edit("org.department", wanted.org.department);
    edit("urls.0.url", wanted.urls[0].url);
    edit("birthday.birthday", wanted.birthday);
    auto *type = part<QComboBox>(form, "urls.0.type");
    typeOver(type->lineEdit(), QStringLiteral("home")); // as typed, not as offered
    QCOMPARE(last.urls[0].type, QStringLiteral("home"));
    type->setCurrentIndex(0);
    emit type->activated(0);
    QCOMPARE(last.urls[0].type, QStringLiteral("HOME"));
    part<QToolButton>(form, "phones.0.remove")->click();
    QCOMPARE(last.phones.size(), std::size_t(1));
    QCOMPARE(last.phones[0].type, QStringLiteral("IPHONE"));
    part<QToolButton>(form, "phones.add")->click();
    QCOMPARE(last.phones.size(), std::size_t(2));
}

/// The contacts object of the vendor's page, key by key: each has a field, and what is typed there stands there.
void CardsPaneTest::everyFieldIsTyped()
{
    const std::vector<std::pair<QString, QString>> fields{
        {QStringLiteral("addresses.0"), QStringLiteral("street city state zip country country_code type")},
        {QStringLiteral("emails.0"), QStringLiteral("email type")},
        {QStringLiteral("name"), QStringLiteral("formatted_name first_name last_name middle_name suffix prefix")},
        {QStringLiteral("org"), QStringLiteral("company department title")},
        {QStringLiteral("phones.0"), QStringLiteral("phone type wa_id")},
        {QStringLiteral("urls.0"), QStringLiteral("url type")},
        {QStringLiteral("birthday"), QStringLiteral("birthday")}};
    CardForm form;
    form.resize(600, 900);
    form.show();
    Card last;
    connect(&form, &CardForm::edited, &form, [&last](const Card &card) { last = card; });
    form.setCard({});
    for (const char *list : {"addresses", "emails", "phones", "urls"})
        if (!part<QWidget>(form, qPrintable(QLatin1String(list) + QStringLiteral(".0.type"))))
            part<QToolButton>(form, qPrintable(QLatin1String(list) + QStringLiteral(".add")))->click();
    int typed = 0;
    for (const auto &[place, keys] : fields) {
        const QStringList names = keys.split(u' ');
        for (const QString &key : names) {
            auto *widget = part<QWidget>(form, qPrintable(place + u'.' + key));
            QVERIFY2(widget, qPrintable(place + u'.' + key));
            auto *box = qobject_cast<QComboBox *>(widget);
            const QString text = QStringLiteral("typed %1").arg(++typed);
            typeOver(box ? box->lineEdit() : qobject_cast<QLineEdit *>(widget), text);
            const QJsonObject card = QJsonDocument::fromJson(cardsAsJson({last})).array().first().toObject();
            const QString part = place.section(u'.', 0, 0);
            const QJsonValue value = card.value(part);
            const QJsonObject object = value.isArray() ? value.toArray().first().toObject() : value.toObject();
            QCOMPARE(value.isString() ? value.toString() : object.value(key).toString(), text);
        }
    }
    QCOMPARE(typed, 24);
}

void CardsPaneTest::entriesComeAndGo()
{
    CardForm form;
    form.resize(600, 900);
    form.show();
    Card last = fullCard();
    connect(&form, &CardForm::edited, &form, [&last](const Card &card) { last = card; });
    form.setCard(last);
    const auto sizes = [&last] {
        return std::vector<std::size_t>{
            last.addresses.size(), last.emails.size(), last.phones.size(), last.urls.size()};
    };
    QCOMPARE(sizes(), (std::vector<std::size_t>{1, 1, 2, 1}));
    for (const char *list : {"addresses", "emails", "phones", "urls"})
        part<QToolButton>(form, qPrintable(QLatin1String(list) + QStringLiteral(".add")))->click();
    typeOver(part<QLineEdit>(form, "emails.1.email"), QStringLiteral("second@example.org"));
    QCOMPARE(sizes(), (std::vector<std::size_t>{2, 2, 3, 2}));
    for (const char *list : {"addresses", "emails", "phones", "urls"})
        part<QToolButton>(form, qPrintable(QLatin1String(list) + QStringLiteral(".0.remove")))->click();
    QCOMPARE(sizes(), (std::vector<std::size_t>{1, 1, 2, 1}));
    QCOMPARE(last.emails.front().email, QStringLiteral("second@example.org"));
    // The types of the vendor's page are offered; others are typed.
    QStringList offered;
    const auto *box = part<QComboBox>(form, "phones.0.type");
    for (int i = 0; i < box->count(); ++i)
        offered << box->itemText(i);
    for (const char *type : {"CELL", "MAIN", "IPHONE", "HOME", "WORK"})
        QVERIFY2(offered.contains(QLatin1String(type)), type);
    QVERIFY(box->isEditable());
}

void CardsPaneTest::longValuesAreKept()
{
    Card card = fullCard();
    card.urls[0].url = QString(10'000, u'x');
    CardForm form;
    form.setCard(card);
    Card last;
    connect(&form, &CardForm::edited, &form, [&last](const Card &edited) { last = edited; });
    typeOver(part<QLineEdit>(form, "urls.0.type.edit"), QStringLiteral("X"));
    QCOMPARE(last.urls[0].url.size(), 10'000); // cut on the screen only
}

void CardsPaneTest::entriesMove()
{
    CardForm form;
    form.resize(600, 900);
    form.show();
    Card card = fullCard();
    card.phones.push_back({QStringLiteral("third"), {}, {}});
    form.setCard(card);
    spin(50); // rows come into view from the event loop
    Card last;
    connect(&form, &CardForm::edited, &form, [&last](const Card &edited) { last = edited; });
    auto *third = part<QLineEdit>(form, "phones.2.phone");
    QTest::keyClick(third, Qt::Key_Up, Qt::AltModifier);
    QCOMPARE(last.phones[1].phone, QStringLiteral("third"));
    QCOMPARE(third->objectName(), QStringLiteral("phones.1.phone")); // the same widget, at its new place
    QTest::keyClick(third, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(third, Qt::Key_Down, Qt::AltModifier); // it is the last already
    QCOMPARE(last.phones[2].phone, QStringLiteral("third"));

    // By the mouse: the handle of the last is dragged over the first.
    auto *handle = part<QToolButton>(form, "phones.2.move");
    const int up
        = handle->mapTo(&form, QPoint()).y() - part<QToolButton>(form, "phones.0.move")->mapTo(&form, QPoint()).y();
    QTest::mousePress(handle, Qt::LeftButton);
    for (int i = 0; i < 4; ++i) { // as the mouse moves on, the row follows
        QWidget *row = handle->parentWidget();
        const QPoint above(5, -row->height());
        QMouseEvent move(QEvent::MouseMove, above, handle->mapToGlobal(above), Qt::NoButton, Qt::LeftButton, {});
        QCoreApplication::sendEvent(handle, &move);
        spin(1);
    }
    QTest::mouseRelease(handle, Qt::LeftButton);
    QVERIFY(up > 0);
    QCOMPARE(last.phones[0].phone, QStringLiteral("third"));
}

void CardsPaneTest::remarksStandBesideTheirField()
{
    CardForm form;
    form.resize(600, 900);
    form.show();
    form.setCard(fullCard());
    spin(50);
    CardNotice notice;
    notice.severity = CardSeverity::Error;
    notice.code = CardCode::WaIdForm;
    notice.place = {0, CardField::WaId, 1};
    const auto remark = remarkOf(notice);
    QVERIFY(remark);
    form.setRemarks({*remark});
    auto *beside = part<QLabel>(form, "phones.1.remark1");
    QVERIFY(beside->isVisible());
    QVERIFY(beside->text().contains(QStringLiteral("digits only")));
    QVERIFY(!part<QLabel>(form, "phones.0.remark1")->isVisible());
    QVERIFY(part<QLineEdit>(form, "phones.1.wa_id")->property("problem").toBool());
    QVERIFY(part<QLineEdit>(form, "phones.1.wa_id")->accessibleDescription().contains(QStringLiteral("digits only")));
    form.setRemarks({});
    QVERIFY(!beside->isVisible());
    QVERIFY(!part<QLineEdit>(form, "phones.1.wa_id")->property("problem").toBool());
    for (int field = int(CardField::Formatted); field <= int(CardField::AddressType); ++field) {
        notice.place.field = static_cast<CardField>(field);
        QVERIFY2(remarkOf(notice), qPrintable(QString::number(field))); // every field has its place
    }
}

void CardsPaneTest::modelMoves()
{
    CardsModel model([] { return today; });
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<Card> cards;
    for (const char *name : {"a", "b", "c"}) {
        Card card;
        card.name.formatted = QLatin1String(name);
        cards.push_back(card);
    }
    QCOMPARE(model.add(cards), 0);
    const auto order = [&model] {
        QString names;
        for (const Card &card : model.cards())
            names += card.name.formatted;
        return names;
    };
    QVERIFY(model.moveRows({}, 0, 1, {}, 3)); // dropped behind the last
    QCOMPARE(order(), QStringLiteral("bca"));
    QVERIFY(model.moveRows({}, 2, 1, {}, 0));
    QCOMPARE(order(), QStringLiteral("abc"));
    QVERIFY(!model.moveRows({}, 1, 1, {}, 1)); // onto itself
    model.move(0, -1);
    QCOMPARE(order(), QStringLiteral("abc"));
    model.move(0, 1);
    QCOMPARE(order(), QStringLiteral("bac"));
    QVERIFY(model.hasError()); // one more part of the name is missing
    QCOMPARE(model.firstWithError(), 0);
    model.remove(0);
    QCOMPARE(order(), QStringLiteral("ac"));
    QCOMPARE(model.add(std::vector<Card>(std::size_t(mostCards), Card())), 2);
    QCOMPARE(model.count(), mostCards);
}

void CardsPaneTest::cardsAreDropped()
{
    CardsModel model([] { return today; });
    CardsModel other([] { return today; });
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    std::vector<Card> cards(4);
    for (std::size_t i = 0; i < cards.size(); ++i)
        cards[i].name.formatted = QChar(u'a' + char16_t(i));
    model.add(cards);
    other.add(cards);
    const auto drop = [&model](const QMimeData &data, int row, Qt::DropAction action = Qt::MoveAction) {
        const bool can = model.canDropMimeData(&data, action, row, 0, {});
        QString names;
        if (model.dropMimeData(&data, action, row, 0, {}) && can)
            for (const Card &card : model.cards())
                names += card.name.formatted;
        return names;
    };
    const auto dragged
        = [](const CardsModel &from, int row) { return std::unique_ptr<QMimeData>(from.mimeData({from.index(row)})); };
    QCOMPARE(drop(*dragged(model, 0), 3), QStringLiteral("bcad"));
    QCOMPARE(drop(*dragged(model, 0), -1), QStringLiteral("cadb")); // below the last
    QCOMPARE(drop(*dragged(model, 3), 0), QStringLiteral("bcad"));
    QSignalSpy edited(&model, &CardsModel::edited);
    QCOMPARE(drop(*dragged(model, 1), 1), QString()); // where it is
    QCOMPARE(drop(*dragged(model, 1), 2), QString());
    QCOMPARE(drop(*dragged(other, 1), 0), QString()); // of another list
    QCOMPARE(drop(*dragged(model, 1), 0, Qt::CopyAction), QString());
    QMimeData foreign;
    foreign.setText(QStringLiteral("b"));
    foreign.setData(model.mimeTypes().constFirst(), "0");
    QCOMPARE(drop(foreign, 0), QString());
    const auto gone = dragged(model, 3);
    const auto later = dragged(model, 2);
    QCOMPARE(edited.size(), 0);
    model.remove(3); // while it was dragged
    QCOMPARE(drop(*gone, 0), QString());
    model.remove(0);
    QCOMPARE(drop(*later, 0), QStringLiteral("ac")); // that card, wherever it stands now
    QCOMPARE(model.mimeData({}), nullptr);
}

void CardsPaneTest::pictureFollowsItsLook()
{
    MessagePreview preview;
    preview.setText(previewText({fullCard()}, 0));
    QCOMPARE(preview.text().bubbleButtons, (QStringList{QStringLiteral("Message"), QStringLiteral("Save contact")}));
    Card stranger = fullCard();
    for (CardPhone &phone : stranger.phones)
        phone.waId.clear();
    QCOMPARE(previewText({stranger}, 0).bubbleButtons.constFirst(), QStringLiteral("Invite"));
    QCOMPARE(previewText({stranger, stranger, stranger}, 1).bubbleButtons, QStringList{QStringLiteral("View all")});
    const auto picture = [&preview](PreviewLook look) {
        preview.setLook(look);
        preview.resize(preview.sizeHint());
        return preview.grab().toImage();
    };
    const QImage phone = picture({false, false});
    const QImage dark = picture({false, true});
    const QImage desktop = picture({true, false});
    QCOMPARE(phone.size(), dark.size());
    QVERIFY(phone.pixelColor(phone.width() / 2, 6).lightness() > 180);
    QVERIFY(dark.pixelColor(dark.width() / 2, 6).lightness() < 80);
    QVERIFY(desktop.width() > phone.width());
    // Fields that would turn the text's direction are marks, and nothing is longer than its line.
    stranger.name.formatted = QStringLiteral("<b>x</b>") + QChar(0x202E);
    QCOMPARE(previewText({stranger}, 0).name, QStringLiteral("<b>x</b>‹U+202E›"));
    stranger.name.formatted = QString(200'000, u'W');
    QVERIFY(previewText({stranger}, 0).name.size() < 1000);
}

QTEST_MAIN(CardsPaneTest)
#include "cardspane_test.moc"
