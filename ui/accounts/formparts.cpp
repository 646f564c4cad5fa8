// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/accounts/formparts.h"

#include "ui/parts/theme.h"

#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>

namespace rollcall {

QLineEdit *lineField(QWidget *parent, const char *name)
{
    auto *edit = new QLineEdit(parent);
    edit->setObjectName(QLatin1String(name));
    edit->setMaxLength(2000);
    return edit;
}

QLabel *note(QWidget *parent, const char *name)
{
    auto *label = new QLabel(parent);
    label->setObjectName(QLatin1String(name));
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setProperty("look", QStringLiteral("muted"));
    return label;
}

QFormLayout *section(QWidget *parent, QVBoxLayout *column, const QString &title)
{
    auto *heading = new QLabel(title, parent);
    heading->setProperty("look", QStringLiteral("heading"));
    column->addWidget(heading);
    auto *form = new QFormLayout;
    form->setHorizontalSpacing(Space::medium);
    form->setVerticalSpacing(Space::small);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    column->addLayout(form);
    return form;
}

} // namespace rollcall
