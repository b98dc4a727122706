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

Public Sub StartNextMonth()
    If MsgBox("Start the next month's workbook? This one stays as it is.", 36, "Workbook Builder") = 6 Then
        StartProgram "next-month", ThisWorkbook.Name, ""
    End If
End Sub
