@echo off
rem Refreshes the scorecard that is open in Excel. Double-click; the window stays only if there is something to read.
where workbook-builder >nul 2>nul
if errorlevel 1 (
  echo Workbook Builder is not installed for this user, or not on the path.
  echo Ask IT, or see docs\for-it.md.
  pause
  exit /b 2
)
workbook-builder refresh
if errorlevel 1 pause
