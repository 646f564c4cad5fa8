// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plans/pastefield.h"

#include "models/blocks/pastednumbers.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/pasteedit.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QListView>
#include <QStringListModel>
#include <QTabWidget>
#include <QVBoxLayout>

namespace rollcall {

namespace {

constexpr int pauseMs = 250; // while somebody types

} // namespace

PasteField::PasteField(const QString &region, QWidget *parent)
    : QWidget(parent)
    , m_text(new PasteEdit(this))
    , m_country(new CountryBox(tr("None: every number needs its country code"), this))
    , m_summary(new QLabel(this))
    , m_tabs(new QTabWidget(this))
    , m_ready(new QStringListModel(this))
    , m_needCountry(new QStringListModel(this))
    , m_notNumbers(new QStringListModel(this))
{
    m_text->setObjectName(QStringLiteral("pasteText"));
    m_text->setAccessibleName(tr("Pasted text"));
    m_text->setPlaceholderText(tr("Paste a list, a mail or a chat. The phone numbers in it are found."));
    m_text->setTabChangesFocus(true);
    m_text->setFixedHeight(5 * m_text->fontMetrics().lineSpacing() + Space::medium);
    m_country->setObjectName(QStringLiteral("pasteCountry"));
    m_country->setRegion(region);
    auto *country = new QLabel(tr("Numbers &without country code are from"), this);
    country->setBuddy(m_country);
    m_summary->setObjectName(QStringLiteral("pasteSummary"));
    m_summary->setTextFormat(Qt::PlainText);
    m_summary->setWordWrap(true);
    m_summary->setProperty("look", QStringLiteral("muted"));
    m_tabs->setObjectName(QStringLiteral("pasteLists"));
    m_tabs->setAccessibleName(tr("What was found"));
    addList(QStringLiteral("pasteReady"), tr("Ready"), m_ready);
    addList(QStringLiteral("pasteNeedCountry"), tr("Need a country"), m_needCountry);
    addList(QStringLiteral("pasteNotNumbers"), tr("Not a number"), m_notNumbers);
    m_tabs->hide();
    m_soon.setSingleShot(true);
    m_soon.setInterval(pauseMs);
    connect(&m_soon, &QTimer::timeout, this, &PasteField::read);
    connect(m_text, &QPlainTextEdit::textChanged, this, [this] {
        m_soon.start();
        emit changed();
    });
    connect(m_country, &QComboBox::currentIndexChanged, this, &PasteField::read);

    auto *row = new QHBoxLayout;
    row->addWidget(country);
    row->addWidget(m_country, 1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::small);
    column->addWidget(m_text);
    column->addLayout(row);
    column->addWidget(m_summary);
    column->addWidget(m_tabs);
    show({});
    setFocusProxy(m_text);
}

int PasteField::addList(const QString &objectName, const QString &name, QStringListModel *model)
{
    auto *list = new QListView(this);
    list->setObjectName(objectName);
    list->setAccessibleName(name);
    list->setModel(model);
    list->setUniformItemSizes(true);
    list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    list->setFixedHeight(5 * list->fontMetrics().lineSpacing() + Space::medium);
    return m_tabs->addTab(list, name);
}

void PasteField::setText(const QString &text)
{
    m_text->setPlainText(text);
}

void PasteField::read()
{
    m_soon.stop();
    m_reading = readPasted(m_text->toPlainText(), m_country->region(), [this](NumbersInText found) {
        show(std::move(found));
        emit changed();
    });
    emit changed();
}

void PasteField::show(NumbersInText found)
{
    m_found = std::move(found);
    QStringList ready;
    for (const PhoneNumber &number : m_found.ready) {
        const QString shown = numberText(displayNumber(number.e164));
        const QString typed = oneLine(number.typed);
        //: a number that was found: %1 as it is read, %2 as it was written
        ready << (typed == number.e164Text() || typed == displayNumber(number.e164) ? shown
                                                                                    : tr("%1  (%2)").arg(shown, typed));
    }
    m_ready->setStringList(ready);
    m_needCountry->setStringList(m_found.needCountry);
    m_notNumbers->setStringList(m_found.notNumbers);
    const auto title = [this](int tab, const QString &name, qsizetype number) {
        //: a tab: %1 its name, %2 how many lines
        m_tabs->setTabText(tab, tr("%1 (%2)").arg(name, count(number)));
    };
    title(0, tr("Ready"), ready.size());
    title(1, tr("Need a country"), m_found.needCountry.size());
    title(2, tr("Not a number"), m_found.notNumbers.size());
    m_tabs->setVisible(!ready.isEmpty() || !m_found.needCountry.isEmpty() || !m_found.notNumbers.isEmpty());
    QStringList sentences;
    if (ready.isEmpty())
        sentences << tr("No phone number was found yet.");
    else
        sentences << tr("%1 numbers found. Look through them before you go on.", nullptr, forPlural(ready.size()))
                         .arg(count(ready.size()));
    if (m_found.repeated > 0)
        sentences << tr("%1 were repeated and count once.").arg(count(m_found.repeated));
    if (!m_found.needCountry.isEmpty())
        sentences << tr("%1 have no country code and are left out unless you choose a country.")
                         .arg(count(m_found.needCountry.size()));
    if (m_found.truncated)
        sentences << tr("The text is too long: only its first part was read.");
    m_summary->setText(sentences.join(u' '));
}

} // namespace rollcall
