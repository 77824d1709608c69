/**
 * Names every MQL5 program has without an include: functions, types, structures, and the classes of the standard library
 * that the framework table knows (MQL5 reference, mql5.com/en/docs/function_indices).
 */

const TYPES = 'void bool char uchar short ushort int uint long ulong float double string datetime color matrix vector complex auto array';

const STRUCTURES = 'MqlTick MqlRates MqlDateTime MqlTradeRequest MqlTradeResult MqlTradeCheckResult MqlTradeTransaction MqlBookInfo MqlParam '
  + 'MqlCalendarCountry MqlCalendarEvent MqlCalendarValue';

const FUNCTIONS = 'Print PrintFormat printf Comment Alert SendNotification SendMail SendFTP MessageBox PlaySound Sleep GetLastError ResetLastError '
  + 'SetUserError GetTickCount GetTickCount64 GetMicrosecondCount GetPointer CheckPointer ExpertRemove DebugBreak ZeroMemory TesterStop '
  + 'TesterStatistics TesterWithdrawal TesterDeposit TesterHideIndicators TerminalClose TerminalInfoInteger TerminalInfoDouble TerminalInfoString '
  + 'MQLInfoInteger MQLInfoString MQL5InfoInteger MQL5InfoString Symbol Period Digits Point IsStopped UninitializeReason SetReturnError '
  + 'TimeCurrent TimeLocal TimeGMT TimeTradeServer TimeDaylightSavings TimeGMTOffset TimeToStruct StructToTime TimeToString StringToTime '
  + 'MathAbs MathArccos MathArcsin MathArctan MathArctan2 MathCeil MathCos MathExp MathFloor MathLog MathLog10 MathMax MathMin MathMod MathPow '
  + 'MathRand MathRound MathSin MathSqrt MathSrand MathTan MathIsValidNumber MathSwap MathExpm1 MathLog1p MathCosh MathSinh MathTanh '
  + 'abs fabs acos asin atan atan2 ceil cos exp floor log log10 fmax fmin max min fmod pow rand round sin sqrt srand tan '
  + 'StringAdd StringBufferLen StringCompare StringConcatenate StringFill StringFind StringFormat StringGetCharacter StringInit StringLen '
  + 'StringReplace StringReserve StringSetCharacter StringSetLength StringSplit StringSubstr StringToLower StringToUpper StringTrimLeft StringTrimRight '
  + 'CharToString CharArrayToString CharArrayToStruct ColorToARGB ColorToString DoubleToString EnumToString IntegerToString NormalizeDouble '
  + 'ShortToString ShortArrayToString StringToCharArray StringToColor StringToDouble StringToInteger StringToShortArray StructToCharArray '
  + 'ArrayBsearch ArrayCompare ArrayCopy ArrayFill ArrayFree ArrayGetAsSeries ArrayInitialize ArrayInsert ArrayIsDynamic ArrayIsSeries ArrayMaximum '
  + 'ArrayMinimum ArrayPrint ArrayRange ArrayRemove ArrayResize ArrayReverse ArraySetAsSeries ArraySize ArraySort ArraySwap '
  + 'AccountInfoDouble AccountInfoInteger AccountInfoString SymbolsTotal SymbolName SymbolExist SymbolSelect SymbolIsSynchronized SymbolInfoDouble '
  + 'SymbolInfoInteger SymbolInfoString SymbolInfoTick SymbolInfoMarginRate SymbolInfoSessionQuote SymbolInfoSessionTrade MarketBookAdd '
  + 'MarketBookGet MarketBookRelease SeriesInfoInteger Bars BarsCalculated CopyBuffer CopyRates CopySeries CopyTime CopyOpen CopyHigh CopyLow '
  + 'CopyClose CopyTickVolume CopyRealVolume CopySpread CopyTicks CopyTicksRange IndicatorCreate IndicatorParameters IndicatorRelease '
  + 'iBars iBarShift iClose iHigh iHighest iLow iLowest iOpen iTime iTickVolume iRealVolume iVolume iSpread iAC iAD iADX iADXWilder iAlligator iAMA '
  + 'iAO iATR iBands iBearsPower iBullsPower iBWMFI iCCI iChaikin iCustom iDEMA iDeMarker iEnvelopes iForce iFractals iFrAMA iGator iIchimoku '
  + 'iMA iMACD iMFI iMomentum iOBV iOsMA iRSI iRVI iSAR iStdDev iStochastic iTEMA iTriX iVIDyA iVolumes iWPR '
  + 'OrderCalcMargin OrderCalcProfit OrderCheck OrderSend OrderSendAsync PositionsTotal PositionGetSymbol PositionGetTicket PositionSelect '
  + 'PositionSelectByTicket PositionGetDouble PositionGetInteger PositionGetString OrdersTotal OrderGetTicket OrderSelect OrderGetDouble '
  + 'OrderGetInteger OrderGetString HistorySelect HistorySelectByPosition HistoryOrderSelect HistoryOrdersTotal HistoryOrderGetTicket '
  + 'HistoryOrderGetDouble HistoryOrderGetInteger HistoryOrderGetString HistoryDealSelect HistoryDealsTotal HistoryDealGetTicket '
  + 'HistoryDealGetDouble HistoryDealGetInteger HistoryDealGetString OrderClose OrderCloseBy OrderDelete OrderModify OrderTicket OrderType OrderLots '
  + 'OrderOpenPrice OrderProfit OrderMagicNumber OrderSymbol OrdersHistoryTotal RefreshRates MarketInfo AccountBalance AccountEquity Hour Minute '
  + 'Day DayOfWeek IsTradeAllowed IsConnected TimeHour TimeMinute TimeDay TimeDayOfWeek '
  + 'GlobalVariableCheck GlobalVariableDel GlobalVariableGet GlobalVariableName GlobalVariableSet GlobalVariablesFlush GlobalVariableTemp '
  + 'GlobalVariableTime GlobalVariableSetOnCondition GlobalVariablesDeleteAll GlobalVariablesTotal '
  + 'FileClose FileCopy FileDelete FileFindClose FileFindFirst FileFindNext FileFlush FileGetInteger FileIsEnding FileIsExist FileIsLineEnding '
  + 'FileLoad FileMove FileOpen FileReadArray FileReadBool FileReadDatetime FileReadDouble FileReadFloat FileReadInteger FileReadLong '
  + 'FileReadNumber FileReadString FileReadStruct FileSave FileSeek FileSize FileTell FileWrite FileWriteArray FileWriteDouble FileWriteFloat '
  + 'FileWriteInteger FileWriteLong FileWriteString FileWriteStruct FolderClean FolderCreate FolderDelete '
  + 'ChartApplyTemplate ChartClose ChartFirst ChartGetDouble ChartGetInteger ChartGetString ChartID ChartIndicatorAdd ChartIndicatorDelete '
  + 'ChartNavigate ChartNext ChartOpen ChartPeriod ChartRedraw ChartScreenShot ChartSetDouble ChartSetInteger ChartSetString ChartSetSymbolPeriod '
  + 'ChartSymbol ChartTimePriceToXY ChartWindowFind ChartXYToTimePrice ObjectCreate ObjectDelete ObjectsDeleteAll ObjectFind ObjectGetDouble '
  + 'ObjectGetInteger ObjectGetString ObjectGetValueByTime ObjectMove ObjectName ObjectSetDouble ObjectSetInteger ObjectSetString ObjectsTotal TextGetSize '
  + 'TextOut TextSetFont EventSetTimer EventSetMillisecondTimer EventKillTimer EventChartCustom SetIndexBuffer IndicatorSetDouble IndicatorSetInteger '
  + 'IndicatorSetString PlotIndexSetDouble PlotIndexSetInteger PlotIndexSetString PlotIndexGetInteger WebRequest SocketCreate SocketConnect '
  + 'SocketClose SocketSend SocketRead SocketIsConnected SocketIsReadable SocketTlsHandshake SocketTlsSend SocketTlsRead OnnxCreate '
  + 'OnnxCreateFromBuffer OnnxRelease OnnxRun OnnxSetInputShape OnnxSetOutputShape CalendarValueHistory CalendarEventById CalendarCountryById '
  + 'CalendarValueLast DatabaseOpen DatabaseClose DatabaseExecute DatabasePrepare DatabaseRead DatabaseFinalize CryptEncode CryptDecode ResourceCreate '
  + 'ResourceFree ResourceReadImage ResourceSave CustomSymbolCreate CustomRatesUpdate CustomTicksAdd sizeof typename dynamic_cast';

const CLASSES = 'CObject CTrade CPositionInfo COrderInfo CHistoryOrderInfo CDealInfo CSymbolInfo CAccountInfo CTerminalInfo CExpert CExpertBase '
  + 'CExpertSignal CExpertTrailing CExpertMoney CExpertTrade CArrayObj CArrayDouble CArrayInt CArrayLong CArrayString CList CHashMap CAppDialog CDialog '
  + 'CLabel CButton CEdit CPanel CCanvas CChart CChartObject CChartObjectLabel';

const BUILTINS: ReadonlySet<string> = new Set(`${TYPES} ${STRUCTURES} ${FUNCTIONS} ${CLASSES}`.split(' '));
const CONSTANT = /^(?:[A-Z][A-Z0-9]*_[A-Z0-9_]+|_[A-Z][A-Za-z]*|__[A-Z0-9_]+__)$/;

/** True for a name of the platform: `Print`, `CTrade`, `datetime`, `ENUM_TIMEFRAMES`, `PERIOD_H1`, `_Symbol`. */
export function isMqlBuiltin(name: string): boolean {
  return BUILTINS.has(name) || CONSTANT.test(name);
}

/** Functions that take their arguments by value; any other may change a variable it is handed. */
const BY_VALUE = /^(?:Print|PrintFormat|printf|Comment|Alert|SendNotification|SendMail|Math[A-Z]\w*|NormalizeDouble|\w+ToString|StringFormat|StringLen|f?(?:abs|max|min|mod)|floor|ceil|round|pow|sqrt|i[A-Z]\w*|Sleep|EventSet\w+|PositionSelect\w*|CheckPointer|GetPointer|ArraySize|ArrayRange|Bars\w*|IndicatorRelease|File(?:Close|Flush|IsEnding|Seek|Size|Tell|Write)|bool|char|uchar|short|ushort|int|uint|long|ulong|float|double|string|datetime|color)$/;

/** True where a call of the platform's function leaves a variable it is handed as it was. */
export function takesByValue(name: string): boolean {
  return BY_VALUE.test(name);
}
