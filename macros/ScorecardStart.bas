Attribute VB_Name = "ScorecardStart"
Option Explicit

' Starts Workbook Builder, which finds the workbook by its name, does the work and shows its own
' messages. Nothing here reads a cell: what is started comes from IT's or the user's launcher file,
' or is the fixed command below.

Private Const FIXED_COMMAND As String = "workbook-builder-button"
Private Const TITLE As String = "Workbook Builder"

' book is the name of a workbook, copy the path of a file that the person chose, else an empty text.
Public Sub StartProgram(ByVal verb As String, ByVal book As String, ByVal copy As String)
    Dim system As String, command As String
    system = Application.OperatingSystem
    If Not NameIsSafe(book) Then
        MsgBox "The workbook's name holds a character that cannot be used here (a quotation mark, " & _
            "a percent sign or the like). Save it under a plainer name and try again.", 48, TITLE
        Exit Sub
    End If
    If copy <> "" And Not PathIsSafe(copy) Then
        MsgBox "The path of the file holds a character that cannot be used here (a quotation mark, " & _
            "a percent sign or the like). Copy it under a plainer name and try again.", 48, TITLE
        Exit Sub
    End If
    If InStr(system, "Mac") > 0 Then
        MsgBox "Buttons start nothing on a Mac. Run this in Terminal instead: workbook-builder " & verb, 64, TITLE
        Exit Sub
    End If
    If InStr(system, "Windows") > 0 Then
        command = FullCommand(LauncherText(Environ("PROGRAMDATA") & "\Workbook Builder\launcher.txt", _
            Environ("APPDATA") & "\Workbook Builder\launcher.txt"), verb, book, copy) & " --hwnd=" & Application.Hwnd
        RunOnWindows command
    Else
        command = FullCommand(LauncherText("/etc/workbook-builder/launcher.txt", _
            Environ("HOME") & "/.config/workbook-builder/launcher.txt"), verb, book, copy)
        Shell command, 0
    End If
End Sub

Private Sub RunOnWindows(ByVal command As String)
    Dim answer As Long
    answer = -1
    On Error Resume Next
    Application.StatusBar = "Workbook Builder is at work ..."
    answer = CreateObject("WScript.Shell").Run(command, 0, True)
    Application.StatusBar = False
    On Error GoTo 0
    If answer < 0 Or answer > 3 Then
        MsgBox "Workbook Builder could not be started." & vbCrLf & vbCrLf & _
            "Tried: " & command & vbCrLf & vbCrLf & _
            "Run workbook-builder doctor to see what to do, or ask IT. The same refresh can be " & _
            "started without a button: workbook-builder refresh", 48, TITLE
    End If
End Sub

Public Function FullCommand(ByVal launcher As String, ByVal verb As String, ByVal book As String, ByVal copy As String) As String
    If launcher = "" Then launcher = FIXED_COMMAND
    FullCommand = launcher & " " & verb & " " & Chr(34) & "--wb=" & book & Chr(34) & " --from_xl=1"
    If copy <> "" Then FullCommand = FullCommand & " " & Chr(34) & "--copy=" & copy & Chr(34)
End Function

' A character that a command line would read as more than itself must not come from a file's name.
Public Function NameIsSafe(ByVal book As String) As Boolean
    NameIsSafe = (book <> "" And InStr(book, ".") > 0 And InStr(book, "\") = 0 And IsPlain(book))
End Function

' A path may have backslashes, but not at its end, where one would take the quotation mark along.
Public Function PathIsSafe(ByVal path As String) As Boolean
    PathIsSafe = (path <> "" And Right(path, 1) <> "\" And IsPlain(path))
End Function

Private Function IsPlain(ByVal text As String) As Boolean
    Dim at As Long
    IsPlain = True
    For at = 1 To Len(text)
        If InStr(Chr(34) & "%`$^|<>", Mid(text, at, 1)) > 0 Or AscW(Mid(text, at, 1)) < 32 Then
            If AscW(Mid(text, at, 1)) >= 0 Then IsPlain = False
        End If
    Next
End Function

Private Function LauncherText(ByVal fromIT As String, ByVal fromUser As String) As String
    LauncherText = FirstLine(fromIT)
    If LauncherText = "" Then LauncherText = FirstLine(fromUser)
End Function

Private Function FirstLine(ByVal path As String) As String
    Dim number As Integer, found As String
    found = ""
    On Error Resume Next
    If Dir(path) <> "" Then
        number = FreeFile
        Open path For Input As #number
        Line Input #number, found
        Close #number
    End If
    On Error GoTo 0
    ' Notepad may begin a file with the three characters of a byte order mark.
    If Left(found, 3) = Chr(239) & Chr(187) & Chr(191) Then found = Mid(found, 4)
    FirstLine = Trim(found)
End Function
