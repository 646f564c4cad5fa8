// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/exchange/numbersstep.h"

#include "ui/exchange/stepparts.h"
#include "ui/parts/countrybox.h"
#include "ui/parts/fieldlist.h"
#include "ui/parts/theme.h"
#include "ui/text/age.h"
#include "ui/text/words.h"

#include <QFormLayout>
#include <QVBoxLayout>

namespace rollcall {

NumbersStep::NumbersStep(const QString &region, QWidget *parent)
    : QWidget(parent)
    , m_region(new CountryBox(tr("none: only numbers with + are read"), this))
    , m_findings(new FieldList(this))
    , m_hint(stepLabel(this, "numbersHint", ""))
{
    m_region->setObjectName(QStringLiteral("country"));
    m_region->setRegion(region);
    m_findings->setObjectName(QStringLiteral("findings"));

    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Space::medium);
    form->addRow(tr("&Country of numbers without +"), m_region);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(Space::medium);
    column->addWidget(stepLabel(this, "numbersTitle", "title", tr("How are the numbers to be read?")));
    column->addWidget(stepLabel(this, "numbersExplain", "muted",
        tr("A number with + in front is never read in another way. A country column of the list goes before this "
           "choice. The text "
           "as typed is always kept.")));
    column->addLayout(form);
    column->addWidget(stepLabel(this, "findingsTitle", "heading", tr("In the first rows of the file")));
    column->addWidget(m_findings);
    column->addWidget(m_hint);
    column->addStretch(1);
    connect(m_region, &QComboBox::currentIndexChanged, this, &NumbersStep::regionChanged);
}

QString NumbersStep::region() const
{
    return m_region->region();
}

void NumbersStep::showFindings(const NumberFindings &found)
{
    m_findings->clear();
    m_findings->add(tr("Rows looked at"), count(found.rows));
    m_findings->add(tr("With + in front"), count(found.withPlus));
    m_findings->add(tr("Without +"), count(found.withoutPlus));
    m_findings->add(tr("Known numbers"), count(found.valid));
    const auto addIfAny = [this](const QString &label, qint64 number) {
        if (number > 0)
            m_findings->add(label, count(number));
    };
    addIfAny(tr("Possible, in no range we know (kept, with a mark)"), found.possibleOnly);
    addIfAny(tr("Too short, too long or without country (kept as typed)"), found.unlikely);
    addIfAny(tr("Shortened by a spreadsheet, such as 4.917E+12 (rejected)"), found.scientific);
    addIfAny(tr("No number (rejected)"), found.notANumber);
    addIfAny(tr("Empty (rejected)"), found.empty);
    QString hint;
    if (found.scientific > 0)
        hint = tr("A spreadsheet has shortened numbers: the missing digits cannot be had back. Format the column as "
                  "text and export "
                  "the list again.");
    else if (region().isEmpty() && found.unlikely > 0)
        hint = tr("Numbers without + cannot be read without a country: choose the one they were written in.");
    else if (found.withoutPlus > found.ownCountry && !region().isEmpty())
        hint = tr("Numbers without + are read as numbers of %1. If the list comes from elsewhere, choose that country.")
                   .arg(Words::country(region()));
    m_hint->setText(hint);
    m_hint->setVisible(!hint.isEmpty());
}

} // namespace rollcall
