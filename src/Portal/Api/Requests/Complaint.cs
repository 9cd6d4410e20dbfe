namespace Earmark.Portal.Api.Requests;

/// <summary>What is wrong with a request: where (JSON path) and in a sentence.</summary>
public readonly record struct Complaint(string Path, string Detail);

/// <summary>A request that can say what is wrong with itself; asked before its endpoint runs.</summary>
public interface IChecked
{
    /// <summary>Null when nothing is wrong.</summary>
    Complaint? Check();
}
