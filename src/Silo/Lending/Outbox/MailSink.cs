using System.Text;
using Earmark.Storage.Book;

namespace Earmark.Silo.Lending.Outbox;

/// <param name="Folder">Made when it is not there; one .eml file an event, for a mail program or relay to pick up.</param>
public sealed record MailOptions(string Folder, string From, string To);

/// <summary>Writes each event as an RFC 5322 message in both languages. The file's name is the event's, so a repetition writes nothing new.</summary>
public sealed class MailSink(MailOptions options) : IEventSink
{
    public string Name => "mail";

    public async Task DeliverAsync(OutboxRow happened, CancellationToken cancel)
    {
        Directory.CreateDirectory(options.Folder);
        var name = FileName(happened.EventId);
        var path = Path.Combine(options.Folder, name + ".eml");
        if (File.Exists(path))
        {
            return;
        }

        // Who picks up *.eml never sees half a message.
        var half = Path.Combine(options.Folder, name + ".part");
        await File.WriteAllTextAsync(half, MailMessage.Write(happened, options), new UTF8Encoding(false), cancel);
        File.Move(half, path, overwrite: true);
    }

    private static string FileName(string eventId) =>
        string.Concat(eventId.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' ? c : '_'));
}
