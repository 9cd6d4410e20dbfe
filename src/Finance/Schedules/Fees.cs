namespace Earmark.Finance;

internal static class Fees
{
    public static IReadOnlyList<Instalment> On(List<Instalment> rows, ScheduleTerms terms)
    {
        if (terms.Fees.Count == 0)
        {
            return rows;
        }

        var amount = new Amount(terms);
        var principal = terms.Principal.Fen;
        var byRow = new long[rows.Count];
        foreach (var fee in terms.Fees)
        {
            var fen = fee.Amount?.Fen ?? amount.Round(principal * fee.ShareOfPrincipal!.Value);
            if (fee.On is not { } on)
            {
                for (var i = 0; i < byRow.Length; i++)
                {
                    byRow[i] += fen;
                }

                continue;
            }

            var index = rows.FindIndex(row => row.DueOn >= on);
            byRow[index < 0 ? byRow.Length - 1 : index] += fen;
        }

        return [.. rows.Select((row, index) => row with { Fees = new Money(byRow[index]) })];
    }
}
