namespace Earmark.Portal;

/// <summary>Every limit of the portal. Beyond one a request is refused with a reason; nothing is dropped silently.</summary>
public static class PortalLimits
{
    /// <summary>JSON bodies; larger ones answer 413 <c>body-too-large</c>.</summary>
    public const int RequestBytes = 1024 * 1024;

    /// <summary>CSV bodies; read as a stream, a chunk of rows at a time.</summary>
    public const long ImportBytes = 64 * 1024 * 1024;

    /// <summary>Weighings to forecast from.</summary>
    public const long ForecastBytes = 8 * 1024 * 1024;

    /// <summary>Declarations in one JSON array.</summary>
    public const int DeclarationsPerRequest = 1_000;

    /// <summary>Rows of one command of an import.</summary>
    public const int ImportRowsPerCommand = 500;

    public const int ImportRows = 200_000;
    public const int ImportDevices = 5_000;
    public const int ImportLineBytes = 4_096;

    /// <summary>Refused lines told by number and reason; those beyond are only counted.</summary>
    public const int ImportProblemsKept = 1_000;

    /// <summary>Refused rows after which an import stops: such a file is not meant for this import.</summary>
    public const int ImportRefusalsMaximum = 5_000;

    /// <summary>Imports whose progress is remembered; the oldest finished one makes room.</summary>
    public const int ImportsKept = 100;

    public const int ImportsAtOncePerInstitution = 2;

    public const int PageSize = 50;
    public const int PageSizeMaximum = 200;

    /// <summary>Longest list a page or answer gives without paging.</summary>
    public const int ListMaximum = 1_000;

    /// <summary>Sites in one list; each is asked for its tallies.</summary>
    public const int SitesPerPage = 25;

    public const int DecisionsShown = 20;
    public const int FactorRowsShown = 300;
    public const int FixesShown = 20;
    public const int AlarmsToday = 10;
    public const int FacilitiesToday = 50;
    public const int MyFacilities = 20;

    /// <summary>Assets chosen for one pledge or release on a page; larger ones go through the API.</summary>
    public const int AssetsChosen = 100;

    public const int FramesShown = 20;
    public const int RefusalsShown = 20;
    public const int HexCharacters = 2 * 4_096;
    public const int SearchCharacters = 64;
    public const int TextCharacters = 400;

    /// <summary>Domain seconds one step of the clock may take: at most one reporting round.</summary>
    public const int ClockStepSeconds = 300;

    /// <summary>API requests of one key a second, with as many saved up.</summary>
    public const int ApiRequestsPerSecond = 500;

    public const int SignInsPerMinutePerAddress = 20;

    /// <summary>Unauthenticated or refused API requests of one address a minute.</summary>
    public const int AnonymousRequestsPerMinute = 600;

    public const int PasswordCharacters = 200;

    /// <summary>PBKDF2-SHA256 rounds for people's passwords (OWASP 2023: at least 600,000).</summary>
    public const int PasswordRounds = 600_000;

    public static readonly TimeSpan SignInLasts = TimeSpan.FromHours(12);
    public static readonly TimeSpan GrainAnswer = TimeSpan.FromSeconds(20);

    /// <summary>In a list of many a site has this long, then it is shown as not answering.</summary>
    public static readonly TimeSpan GlanceAnswer = TimeSpan.FromSeconds(3);

    public const int LiveTopics = 256;
    public const int LiveTopicsPerConnection = 8;
    public const int LiveRowsPerTopic = 200;
    public const int LiveMessageBytes = 4_096;
    public const int LiveIntervalSecondsMaximum = 60;
}
