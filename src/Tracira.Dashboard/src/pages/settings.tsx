import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { settingsQuery } from '../queries';
import { mayManage, useMe } from '../session';
import { t } from '../text';
import { Failure, Loading, PageHead } from '../ui/basics';
import { AuditSection } from './settings-audit';
import { ChannelsSection } from './settings-channels';
import { GeneralSection } from './settings-general';
import { JudgesSection } from './settings-judges';
import { KeysSection } from './settings-keys';
import { MembersSection } from './settings-members';

const sections = Object.keys(t.settings.sections) as (keyof typeof t.settings.sections)[];
const forAdmins = new Set(['members', 'keys', 'audit']);

export function SettingsPage() {
  const me = useMe();
  const { section } = useParams({ from: '/shell/settings/$section' });
  const settings = useQuery(settingsQuery);
  const may = mayManage(me);
  return (
    <div className="mx-auto max-w-5xl pb-12">
      <PageHead title={t.settings.title}>{!may && t.settings.readOnly}</PageHead>
      <nav aria-label={t.settings.title} className="mb-5 flex gap-1 overflow-x-auto border-b border-line px-5 lg:px-8">
        {sections.filter(one => may || !forAdmins.has(one)).map(one => (
          <Link key={one} to="/settings/$section" params={{ section: one }} replace className="-mb-px border-b-2 border-transparent px-2.5 py-2 text-sm whitespace-nowrap text-muted hover:text-text"
            activeProps={{ className: 'border-accent! text-text! font-medium', 'aria-current': 'page' }}>{t.settings.sections[one]}</Link>
        ))}
      </nav>
      <div className="px-5 lg:px-8">
        {settings.error ? <Failure error={settings.error} onRetry={() => void settings.refetch()} />
          : !settings.data ? <Loading />
          : section === 'channels' ? <ChannelsSection settings={settings.data} may={may} />
          : section === 'judges' ? <JudgesSection settings={settings.data} may={may} />
          : section === 'members' && may ? <MembersSection />
          : section === 'keys' && may ? <KeysSection />
          : section === 'audit' && may ? <AuditSection />
          : <GeneralSection settings={settings.data} may={may} />}
      </div>
    </div>
  );
}
