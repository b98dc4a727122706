Attribute VB_Name = "ScorecardButtons"
Option Explicit

' The buttons on the sheets of a scorecard with macros. Each is about the workbook that it is in.

Public Sub RefreshScorecard()
    StartProgram "refresh", ThisWorkbook.Name, ""
End Sub

Public Sub UndoLastRefresh()
    StartProgram "undo", ThisWorkbook.Name, ""
End Sub

Public Sub CheckScorecard()
    StartProgram "check", ThisWorkbook.Name, ""
End Sub

Public Sub OpenLog()
    StartProgram "log", ThisWorkbook.Name, ""
End Sub
