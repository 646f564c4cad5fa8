// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/cards/drafts.h"
#include "ui/compose/composeneeds.h"

#include <QDialog>

class QBoxLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace rollcall {

/// Asks for a template's name and saves the composition under it, or gives the template `replaces` another name.
class TemplateNameDialog final : public QDialog {
    Q_OBJECT
public:
    TemplateNameDialog(const ComposeNeeds &needs, Composition composition, QWidget *parent, const QString &name = {},
        DraftId replaces = {});

signals:
    void saved(const QString &name);

private:
    void save();
    const ComposeNeeds &m_needs;
    Composition m_composition;
    DraftId m_replaces;
    QLineEdit *m_name;
    QLabel *m_problem;
    QPushButton *m_save;
    Call m_call;
};

/// The templates: use, rename, delete.
class TemplatesDialog final : public QDialog {
    Q_OBJECT
public:
    TemplatesDialog(const ComposeNeeds &needs, QWidget *parent);

signals:
    void applyWanted(rollcall::DraftId id);
    void told(const QString &sentence);

private:
    void buildButtons(QBoxLayout &column);
    void read();
    void rename();
    void remove();
    void showButtons();
    [[nodiscard]] DraftId current() const;
    const ComposeNeeds &m_needs;
    QListWidget *m_list;
    QLabel *m_problem;
    QPushButton *m_use = nullptr;
    QPushButton *m_rename = nullptr;
    QPushButton *m_delete = nullptr;
    Call m_read;
    Call m_call;
};

} // namespace rollcall
