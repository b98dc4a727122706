Attribute VB_Name = "ScorecardRibbon"
Option Explicit

' The Scorecard tab of the ribbon, in an add-in of its own. Each button is about the workbook in front,
' which may be one without any macro.

Public Sub OnRefresh(control As IRibbonControl)
    StartInFront "refresh", ""
End Sub

Public Sub OnUndo(control As IRibbonControl)
    StartInFront "undo", ""
End Sub

Public Sub OnNextMonth(control As IRibbonControl)
    If Agreed("Start the next month's workbook? This one stays as it is.") Then StartInFront "next-month", ""
End Sub

Public Sub OnPublish(control As IRibbonControl)
    If Agreed("Publish this workbook's month? From then on no extract changes its figures.") Then StartInFront "publish", ""
End Sub

Public Sub OnCheck(control As IRibbonControl)
    StartInFront "check", ""
End Sub

Public Sub OnImport(control As IRibbonControl)
    Dim chosen As Variant
    If ActiveWorkbook Is Nothing Then
        StartInFront "import", ""
        Exit Sub
    End If
    chosen = Application.GetOpenFilename("Workbooks (*.xlsx;*.xlsm),*.xlsx;*.xlsm", , "The copy that came back")
    If VarType(chosen) = 8 Then StartInFront "import", CStr(chosen)
End Sub

Public Sub OnOpenLog(control As IRibbonControl)
    StartInFront "log", ""
End Sub

Private Sub StartInFront(ByVal verb As String, ByVal copy As String)
    If ActiveWorkbook Is Nothing Then
        MsgBox "No workbook is open. Open the scorecard and try again.", 48, "Workbook Builder"
    Else
        StartProgram verb, ActiveWorkbook.Name, copy
    End If
End Sub

Private Function Agreed(ByVal question As String) As Boolean
    Agreed = True
    If Not ActiveWorkbook Is Nothing Then Agreed = (MsgBox(question, 36, "Workbook Builder") = 6)
End Function
