//+------------------------------------------------------------------+
//| Buys the break of the last bar's high: no edge, only an example. |
//+------------------------------------------------------------------+
#property version "1.00"

#include <Trade/Trade.mqh>
#include "Include/RiskGuard.mqh"

input group "Entry"
input double InpLots       = 0.10;
input int    InpStopPoints = 300;

CTrade     trade;
CRiskGuard guard;

int OnInit()
{
   guard.Start();
   Print("breakout on ", _Symbol);
   return INIT_SUCCEEDED;
}

void OnTick()
{
   if(!guard.Check() || !guard.CheckQuietly())
   {
      CloseAll();
      return;
   }
   if(!IsNewBar())
      return;
   // Once a bar: this may write.
   Print("new bar, high ", iHigh(_Symbol, PERIOD_CURRENT, 1));
   double ask = SymbolInfoDouble(_Symbol, SYMBOL_ASK);
   if(PositionsTotal() == 0 && ask > iHigh(_Symbol, PERIOD_CURRENT, 1))
      trade.Buy(InpLots, _Symbol, ask, ask - InpStopPoints * _Point, 0);
}

bool IsNewBar()
{
   static datetime last = 0;
   datetime bar = iTime(_Symbol, PERIOD_CURRENT, 0);
   if(bar == last)
      return false;
   last = bar;
   return true;
}

void CloseAll()
{
   for(int i = PositionsTotal() - 1; i >= 0; i--)
      trade.PositionClose(PositionGetTicket(i));
}
