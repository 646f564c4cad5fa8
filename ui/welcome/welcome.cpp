// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/welcome/welcome.h"

#include "ui/parts/countrybox.h"
#include "ui/parts/icons.h"
#include "ui/parts/theme.h"

#include <QFormLayout>
#include <QFrame>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int widest = 640;
constexpr int pictureSide = 56;
constexpr int longestName = 100;

QLabel *plainLabel(const QString &text, const char *look, QWidget *parent)
{
    auto *label = new QLabel(text, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QLatin1String(look));
    return label;
}

/// One line below a field. Not wrapped: a form gives a wrapped label of one line the height of two.
QLabel *hint(const QString &text, QWidget *parent)
{
    QLabel *label = plainLabel(text, "muted", parent);
    label->setWordWrap(false);
    return label;
}

} // namespace

Welcome::Welcome(const QString &operatorName, const QString &region, QWidget *parent)
    : QDialog(parent)
    , m_name(new QLineEdit(this))
    , m_country(new CountryBox(tr("None: every number needs its +"), this))
    , m_sandbox(new QPushButton(tr("Try the sandbox"), this))
    , m_gateway(new QPushButton(tr("Connect a gateway"), this))
    , m_hint(plainLabel(QString(), "muted", this))
{
    setObjectName(QStringLiteral("welcome"));
    setWindowTitle(tr("Welcome to Rollcall"));
    auto *picture = new QLabel(this);
    picture->setPixmap(QIcon(QStringLiteral(":/icons/rollcall.svg")).pixmap(QSize(pictureSide, pictureSide)));
    auto *words = new QVBoxLayout;
    words->setSpacing(Space::tiny);
    words->addWidget(plainLabel(tr("Welcome to Rollcall"), "title", this));
    words->addWidget(plainLabel(tr("Keep your WhatsApp contact lists in order: import people, see who is on WhatsApp, "
                                   "and prove later what was done."),
        "muted", this));
    auto *head = new QHBoxLayout;
    head->setSpacing(Space::medium);
    head->addWidget(picture, 0, Qt::AlignTop);
    head->addLayout(words, 1);

    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(Space::huge, Space::large, Space::huge, Space::large);
    column->setSpacing(Space::large);
    column->addLayout(head);
    column->addWidget(makeQuestions(operatorName, region));
    column->addWidget(makeWays());
    column->addWidget(m_hint);

    m_sandbox->setObjectName(QStringLiteral("welcome.sandbox"));
    m_gateway->setObjectName(QStringLiteral("welcome.gateway"));
    m_sandbox->setDefault(true);
    m_gateway->setAutoDefault(false);
    m_hint->setObjectName(QStringLiteral("welcome.hint"));
    connect(m_name, &QLineEdit::textChanged, this, &Welcome::follow);
    connect(m_sandbox, &QPushButton::clicked, this, [this] { choose(WelcomeChoice::Way::Sandbox); });
    connect(m_gateway, &QPushButton::clicked, this, [this] { choose(WelcomeChoice::Way::Gateway); });
    m_sandbox->setProperty("look", QStringLiteral("primary"));
    follow();
    // Wrapped labels: the height follows from the width, not from the size hint.
    setMinimumWidth(widest);
    resize(widest, column->totalHeightForWidth(widest));
    m_name->setFocus();
    m_name->selectAll();
}

QWidget *Welcome::makeQuestions(const QString &operatorName, const QString &region)
{
    auto *questions = new QWidget(this);
    auto *form = new QFormLayout(questions);
    form->setContentsMargins(0, 0, 0, 0);
    form->setHorizontalSpacing(Space::medium);
    form->setVerticalSpacing(Space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_name->setObjectName(QStringLiteral("welcome.operator"));
    m_name->setMaxLength(longestName);
    m_name->setText(operatorName);
    form->addRow(tr("Your &name:"), m_name);
    form->addRow(QString(), hint(tr("Written into every journal entry, so that it is known who did what."), questions));
    m_country->setObjectName(QStringLiteral("welcome.country"));
    m_country->setRegion(region);
    form->addRow(tr("Default &country:"), m_country);
    form->addRow(QString(), hint(tr("For numbers written without a +. A + always wins."), questions));
    return questions;
}

QWidget *Welcome::makeWays()
{
    auto *ways = new QWidget(this);
    auto *row = new QHBoxLayout(ways);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(Space::medium);
    row->addWidget(makeWay(QStringLiteral("sandbox"), tr("Look around first"),
                       tr("A make-believe gateway on this computer, and a sample list to import. Nothing leaves the "
                          "machine and no real number is asked."),
                       m_sandbox),
        1);
    row->addWidget(
        makeWay(QStringLiteral("key"), tr("Start working"),
            tr("Enter the address and the login of your gateway. The token goes into this computer's keychain, "
               "nowhere else."),
            m_gateway),
        1);
    return ways;
}

QWidget *Welcome::makeWay(const QString &iconName, const QString &title, const QString &sentence, QPushButton *button)
{
    auto *card = new QFrame(this);
    card->setProperty("look", QStringLiteral("card"));
    auto *picture = new QLabel(card);
    picture->setPixmap(iconPixmap(iconName, Space::large, devicePixelRatioF(), tokensOf(palette()).accent));
    auto *column = new QVBoxLayout(card);
    column->setContentsMargins(Space::medium, Space::medium, Space::medium, Space::medium);
    column->setSpacing(Space::small);
    column->addWidget(picture);
    column->addWidget(plainLabel(title, "heading", card));
    column->addWidget(plainLabel(sentence, "muted", card));
    column->addStretch();
    column->addSpacing(Space::tiny);
    button->setAccessibleDescription(sentence);
    column->addWidget(button, 0, Qt::AlignLeft);
    return card;
}

void Welcome::choose(WelcomeChoice::Way way)
{
    const WelcomeChoice choice{way, m_name->text().simplified(), m_country->region()};
    accept();
    emit chosen(choice);
}

void Welcome::follow()
{
    const bool named = !m_name->text().trimmed().isEmpty();
    m_sandbox->setEnabled(named);
    m_gateway->setEnabled(named);
    m_hint->setText(named ? tr("You can change all of this later in Preferences.") : tr("Enter your name to go on."));
}

} // namespace rollcall
