// SPDX-License-Identifier: GPL-3.0-or-later
#include "models/settings/settings.h"

#include <QDir>
#include <QFile>
#include <QSettings>

namespace rollcall {

namespace {

std::unique_ptr<QSettings> openIni(const QString &folder, const QString &name)
{
    return std::make_unique<QSettings>(QDir(folder).filePath(name), QSettings::IniFormat);
}

void keepPrivate(const QSettings &settings)
{
    QFile::setPermissions(settings.fileName(), QFile::ReadOwner | QFile::WriteOwner);
}

} // namespace

Settings::Settings(const QString &folder, QObject *parent)
    : QObject(parent)
    , m_portable(openIni(folder, QStringLiteral("settings.ini")))
    , m_local(openIni(folder, QStringLiteral("window.ini")))
{
}

Settings::~Settings()
{
    m_portable->sync();
    m_local->sync();
    keepPrivate(*m_portable);
    keepPrivate(*m_local);
}

template <class T> T Settings::value(const Setting<T> &setting) const
{
    const QVariant stored = m_portable->value(QLatin1String(setting.key));
    return stored.isValid() && stored.canConvert<T>() ? stored.value<T>() : setting.fallback;
}

template <class T> void Settings::setValue(const Setting<T> &setting, const T &value)
{
    if (this->value(setting) == value)
        return;
    m_portable->setValue(QLatin1String(setting.key), QVariant::fromValue(value));
    m_portable->sync();
    keepPrivate(*m_portable);
    emit changed(QLatin1String(setting.key));
}

template QString Settings::value(const Setting<QString> &) const;
template int Settings::value(const Setting<int> &) const;
template qint64 Settings::value(const Setting<qint64> &) const;
template bool Settings::value(const Setting<bool> &) const;
template QStringList Settings::value(const Setting<QStringList> &) const;
template void Settings::setValue(const Setting<QString> &, const QString &);
template void Settings::setValue(const Setting<int> &, const int &);
template void Settings::setValue(const Setting<qint64> &, const qint64 &);
template void Settings::setValue(const Setting<bool> &, const bool &);
template void Settings::setValue(const Setting<QStringList> &, const QStringList &);

QByteArray Settings::viewState(const QString &name, int version) const
{
    if (m_local->value(name + QStringLiteral("/version")).toInt() != version)
        return {};
    return m_local->value(name + QStringLiteral("/state")).toByteArray();
}

void Settings::setViewState(const QString &name, int version, const QByteArray &state)
{
    m_local->setValue(name + QStringLiteral("/version"), version);
    m_local->setValue(name + QStringLiteral("/state"), state);
}

bool Settings::saved() const
{
    return m_portable->status() == QSettings::NoError;
}

} // namespace rollcall
