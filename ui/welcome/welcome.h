// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QString>

class QLabel;
class QLineEdit;
class QPushButton;

namespace rollcall {

class CountryBox;

/// What a person chose at the first run.
struct WelcomeChoice {
    enum class Way { Sandbox, Gateway };
    Way way = Way::Sandbox;
    QString operatorName = {}; ///< trimmed, never empty
    QString region = {}; ///< two letters, empty = none
};

/// The first run: who is working here, which country numbers without a + belong to, and how to begin. Asks and tells,
/// does nothing itself. Closed without a choice it is simply gone; the program then asks again at the next start.
class Welcome final : public QDialog {
    Q_OBJECT
public:
    /// What is known already is filled in, e.g. the name the system has for this user.
    Welcome(const QString &operatorName, const QString &region, QWidget *parent = nullptr);

signals:
    void chosen(const rollcall::WelcomeChoice &choice);

private:
    [[nodiscard]] QWidget *makeQuestions(const QString &operatorName, const QString &region);
    [[nodiscard]] QWidget *makeWays();
    [[nodiscard]] QWidget *makeWay(
        const QString &iconName, const QString &title, const QString &sentence, QPushButton *button);
    void choose(WelcomeChoice::Way way);
    void follow(); ///< the buttons need a name

    QLineEdit *m_name;
    CountryBox *m_country;
    QPushButton *m_sandbox;
    QPushButton *m_gateway;
    QLabel *m_hint;
};

} // namespace rollcall
