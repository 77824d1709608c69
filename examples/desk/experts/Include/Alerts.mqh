//+------------------------------------------------------------------+
//| Tells the trader's phone; the token of the bridge, twice.        |
//+------------------------------------------------------------------+

// Wrong: it stands in presets, in chart profiles, in every picture of the dialogue.
input string InpBridgeToken = "";

// Right: a file of the terminal's Files folder, which nobody shares.
string BridgeToken()
{
   int file = FileOpen("bridge.token", FILE_READ | FILE_TXT);
   if(file == INVALID_HANDLE)
      return "";
   string token = FileReadString(file);
   FileClose(file);
   return token;
}
