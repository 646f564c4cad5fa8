// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/contacts/internal/whom.h"

#include "models/store/people.h"
#include "models/store/store.h"
#include "ui/parts/dialogs.h"
#include "ui/text/age.h"
#include "ui/text/foreign.h"

#include <QDialog>
#include <QVBoxLayout>

namespace rollcall {

namespace {

QString lineOf(const PersonRow &row)
{
    const PhoneNumber &number = row.fields.number;
    const QString shown = numberText(oneLine(number.e164 > 0 ? number.e164Text() : number.typed));
    const QString name = oneLine(row.fields.name);
    if (name.isEmpty())
        return shown.isEmpty() ? Whom::tr("Without name and number") : shown;
    //: whom a command is about: %1 name, %2 number
    return shown.isEmpty() ? name : Whom::tr("%1, %2").arg(name, shown);
}

} // namespace

Whom::Whom(Store &store, const std::vector<PersonId> &people, QWidget *parent)
    : QLabel(parent)
{
    setObjectName(QStringLiteral("whom"));
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    hide();
    const auto named = std::min(people.size(), std::size_t(mostNamed));
    m_read = store.people().rows({people.begin(), people.begin() + std::ptrdiff_t(named)}, {},
        [this, total = qint64(people.size())](const Result<std::vector<PersonRow>> &rows) {
            if (!rows) // the count in the title stands alone, and the command itself says what is wrong
                return;
            setText(words(*rows, total));
            show();
            if (auto *dialog = qobject_cast<QDialog *>(window()))
                growToContent(*dialog);
        });
}

void Whom::addTo(QDialog &dialog, Store &store, const std::vector<PersonId> &people)
{
    if (const auto *body = dialog.findChild<DialogBody *>())
        body->column().insertWidget(1, new Whom(store, people, body->inside()));
    else if (auto *column = qobject_cast<QVBoxLayout *>(dialog.layout()))
        column->insertWidget(1, new Whom(store, people, &dialog));
}

QString Whom::words(const std::vector<PersonRow> &rows, qint64 total)
{
    QStringList lines;
    for (const PersonRow &row : rows)
        lines << lineOf(row);
    if (const qint64 more = total - qint64(rows.size()); more > 0)
        lines << tr("and %1 more", nullptr, forPlural(more)).arg(count(more));
    return lines.join(u'\n');
}

} // namespace rollcall
