namespace Earmark.Storage.Book;

/// <summary>
/// The connection was lost while the commit was under way: the transaction stands whole or not at all. Writes with an id of
/// their own may be repeated and then answer with what stands.
/// </summary>
#pragma warning disable CA1032 // It is only ever made from what was lost.
public sealed class BookOutcomeUnknownException(Exception lost) : Exception("The Book went away during a commit; whether it stands is not known.", lost);
#pragma warning restore CA1032
