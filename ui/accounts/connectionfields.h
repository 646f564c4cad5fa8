// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/masked.h"
#include "models/domain/account.h"
#include "ui/accounts/kindfields.h"
#include "ui/parts/dialogs.h"

#include <QWidget>
#include <vector>

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace rollcall {

/// Name, kind, address and login of an account: the fields its kind has, with that kind's labels, hints and default
/// address. A pasted curl line fills them; its key goes nowhere but into the secret field.
class ConnectionFields final : public QWidget {
    Q_OBJECT
public:
    /// `taken`: the accounts there are, for a name of its own. `keychain`: where the secret will lie.
    ConnectionFields(const Account &account, std::vector<Account> taken, QString keychain, Asks asks, QWidget *parent);
    [[nodiscard]] GatewayKind kind() const;
    void readInto(Account &account) const; ///< name, kind, address, user, sender, CA file
    [[nodiscard]] Secret secret() const; ///< empty = keep the old one, or what was typed cannot be one
    [[nodiscard]] QString problem() const; ///< what has to be mended, as a sentence; empty = nothing
    void pasteCurl(const QString &line);

signals:
    void changed(); ///< anything but the name: what a test found is no longer true
    void kindChanged();

private:
    void build();
    void buildKind();
    QWidget *buildCaRow();
    void connectFields();
    void fill();
    void lockSandbox();
    void showKind();
    void layOutRows();
    void describe();
    void chooseCaFile();
    [[nodiscard]] QUrl address() const;
    [[nodiscard]] QString nameProblem() const;
    [[nodiscard]] QString addressProblem() const;
    [[nodiscard]] QString secretProblem() const;

    Account m_before;
    std::vector<Account> m_taken;
    QString m_keychain;
    Asks m_asks;
    KindFields m_words;
    QString m_proposed; ///< the name that was filled in; follows the kind until somebody writes another
    QFormLayout *m_form;
    QLineEdit *m_name;
    QComboBox *m_kind;
    QPushButton *m_curl;
    QLabel *m_curlSaid;
    QLineEdit *m_address;
    QLabel *m_reading;
    QLineEdit *m_user;
    QLineEdit *m_sender;
    QLabel *m_senderHint;
    QLineEdit *m_secret;
    QLabel *m_place;
    QLineEdit *m_caFile;
    QWidget *m_caRow;
};

} // namespace rollcall
