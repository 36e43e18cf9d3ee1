@echo off
rem Install l'Atelier in the user's own folder the first time, then start it. No administrator's right is asked for.
chcp 65001 >nul
setlocal
cd /d "%~dp0programme"
set /p VERSION=<version.txt
set "FOYER=%LOCALAPPDATA%\atelier\programme"
set "UV_PYTHON_INSTALL_DIR=%FOYER%\python"
set "UV_CACHE_DIR=%FOYER%\cache"
set "UV_LINK_MODE=copy"
set "UV_NO_CONFIG=1"
set "UV_SYSTEM_CERTS=1"

if exist "%FOYER%\%VERSION%\pret.txt" goto start
echo Installation de l’Atelier %VERSION% : deux minutes, une seule fois, avec l’Internet…
if not exist "%FOYER%" mkdir "%FOYER%"
uv.exe venv --quiet --clear --managed-python --python 3.12 "%FOYER%\%VERSION%" || goto failed
uv.exe pip sync --quiet --compile-bytecode --only-binary :all: --require-hashes --python "%FOYER%\%VERSION%" run.txt || goto failed
for %%W in (atelier-*.whl) do uv.exe pip install --quiet --offline --no-deps --python "%FOYER%\%VERSION%" "%%W" || goto failed
echo %VERSION%>"%FOYER%\%VERSION%\pret.txt"

:start
echo Pour arrêter l’Atelier : Ctrl + C dans cette fenêtre, ou fermez-la.
"%FOYER%\%VERSION%\Scripts\atelier.exe" serve --open %*
if errorlevel 1 pause
exit /b

:failed
echo.
echo L’installation n’a pas abouti ; ce qui précède dit pourquoi.
echo Sans Internet, ou derrière un proxy qui le refuse, elle ne peut pas se faire : essayez depuis un autre réseau,
echo un partage de connexion par exemple. Ensuite l’Atelier se passe d’Internet.
echo Si votre service informatique bloque ce programme : LISEZ-MOI.txt a un message à lui transmettre.
pause
exit /b 1
