//+------------------------------------------------------------------+
//| The desk's limits for MetaTrader: the FTMO account ends at 10 %  |
//| of its size, and at 5 % below the balance of midnight in Prague. |
//+------------------------------------------------------------------+
#property strict

input group "Risk"
input double InpMaxDrawdownPercent  = 12.0; // APX001: the account is gone at 10
input double InpMaxDailyLossPercent = 4.0;  // its correct twin: stricter than the firm

class CRiskGuard
{
private:
   double m_start;
   double m_midnight;
   ulong  m_ticks;

public:
   CRiskGuard() : m_start(0), m_midnight(0), m_ticks(0) {}

   void   Start();
   void   NewDay();
   bool   Check();
   bool   CheckQuietly();

private:
   bool   Breached() const;
};

void CRiskGuard::Start()
{
   m_start = AccountInfoDouble(ACCOUNT_BALANCE);
   NewDay();
}

void CRiskGuard::NewDay()
{
   m_midnight = AccountInfoDouble(ACCOUNT_BALANCE);
}

bool CRiskGuard::Breached() const
{
   double equity = AccountInfoDouble(ACCOUNT_EQUITY);
   double total = (m_start - equity) / m_start * 100.0;
   double today = (m_midnight - equity) / m_start * 100.0;
   return total >= InpMaxDrawdownPercent || today >= InpMaxDailyLossPercent;
}

// PRF004: the expert asks on every tick, and every tick writes a line.
bool CRiskGuard::Check()
{
   Print("equity ", AccountInfoDouble(ACCOUNT_EQUITY));
   return !Breached();
}

// Its correct twin: every 500th tick is enough to see that the guard lives.
bool CRiskGuard::CheckQuietly()
{
   m_ticks++;
   if(m_ticks % 500 == 0)
      Print("equity ", AccountInfoDouble(ACCOUNT_EQUITY));
   return !Breached();
}
