// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "models/base/call.h"
#include "models/base/result.h"
#include "models/domain/account.h"
#include "models/domain/person.h"

#include <QWidget>
#include <functional>

class QLabel;
class QPushButton;

namespace rollcall {

class FieldList;
class PersonLookup;
class WrapLabel;
struct PhotoFound;

/// What gateways told of a person: profile name, about, chat ids, under the account's name; and two commands that ask
/// the current account: look up details, show photo. Nothing is asked by itself; a photo is never kept.
class GatewayView final : public QWidget {
    Q_OBJECT
public:
    using AccountOf = std::function<const Account *(AccountId)>;
    /// `lookup` may be null: then nothing can be asked.
    GatewayView(PersonLookup *lookup, AccountOf accountOf, QWidget *parent = nullptr);
    /// Another person forgets photo and answer; the same one keeps them.
    void setPerson(const PersonDetails &details, AccountId account);

private:
    void lookUp();
    void showPhoto();
    void onPhoto(const Result<PhotoFound> &found);
    void showTold(const std::vector<GatewayNote> &told);
    void updateButtons();
    void say(const QString &sentence);
    [[nodiscard]] QString sentence(const Failure &failure) const; ///< in the words of the account's vendor

    PersonLookup *m_lookup;
    AccountOf m_accountOf;
    PersonId m_person;
    AccountId m_account;
    bool m_busy = false;
    FieldList *m_facts;
    QLabel *m_photo;
    QPushButton *m_lookUp;
    QPushButton *m_showPhoto;
    WrapLabel *m_hint;
    WrapLabel *m_said;
    Call m_call;
};

} // namespace rollcall
